namespace Connectors.Databricks.Management;

/// <summary>Whether usage is counted in system tables.</summary>
public sealed record AIGatewayUsageTracking : EndpointDocument
{
    /// <summary>Gets a value indicating whether usage tracking is enabled.</summary>
    public bool? Enabled { get; init; }
}
