namespace Connectors.Databricks.Management;

/// <summary>The data plane access of a route-optimized endpoint (<c>data_plane_info</c>).</summary>
public sealed record EndpointDataPlane : EndpointDocument
{
    /// <summary>Gets the URL and the authorization details of a query.</summary>
    public EndpointDataPlaneQuery? QueryInfo { get; init; }
}
