namespace Connectors.Databricks.Management;

/// <summary>A serving endpoint with provisioned throughput.</summary>
public sealed record ProvisionedThroughputDestination : EndpointDocument
{
    /// <summary>Gets the endpoint: <c>serving-endpoints/</c> and its name.</summary>
    public string? ModelServingEndpoint { get; init; }

    /// <summary>Gets the registered model that the endpoint serves. Set by the service; never sent.</summary>
    public string? Model { get; init; }
}
