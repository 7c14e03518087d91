namespace Connectors.Databricks.Management;

/// <summary>A model of another provider.</summary>
public sealed record ExternalDestination : EndpointDocument
{
    /// <summary>Gets the model provider service: <c>model-provider-services/</c> and its three-part name.</summary>
    public string? ModelProviderService { get; init; }

    /// <summary>Gets the model at the provider.</summary>
    public ExternalTarget? Target { get; init; }
}
