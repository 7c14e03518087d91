namespace Connectors.Databricks.Management;

/// <summary>What a query of a route-optimized endpoint needs.</summary>
public sealed record EndpointDataPlaneQuery : EndpointDocument
{
    /// <summary>Gets the URL of the endpoint on the data plane.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Gets the authorization details for the token request, as JSON text.</summary>
    public string? AuthorizationDetails { get; init; }
}
