namespace Connectors.Databricks.Management;

/// <summary>How the service logs in at the provider of an external model.</summary>
public abstract record ExternalModelConfig : EndpointDocument
{
    private protected ExternalModelConfig()
    {
    }

    /// <summary>A secret that the provider cannot do without and that is not here, as the wire names it; null when all are.</summary>
    internal abstract string? MissingSecret { get; }
}
