namespace Connectors.Databricks.Management;

/// <summary>The authentication at the provider of an external model.</summary>
public abstract record ExternalModelConfig : EndpointDocument
{
    private protected ExternalModelConfig()
    {
    }

    /// <summary>The JSON name of a required secret that is missing; null if none is.</summary>
    internal abstract string? MissingSecret { get; }
}
