namespace Connectors.Databricks.Management;

/// <summary>How a route-optimized endpoint is reached on the data plane (<c>data_plane_info</c>).</summary>
public sealed record EndpointDataPlane : EndpointDocument
{
    /// <summary>Gets what a query needs.</summary>
    public EndpointDataPlaneQuery? QueryInfo { get; init; }
}
