namespace Connectors.Databricks.Management;

/// <summary>The URL and the authorization details for queries of a route-optimized endpoint.</summary>
public sealed record EndpointDataPlaneQuery : EndpointDocument
{
    /// <summary>Gets the URL of the endpoint on the data plane.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Gets the authorization details for the token request, as JSON text.</summary>
    public string? AuthorizationDetails { get; init; }
}
