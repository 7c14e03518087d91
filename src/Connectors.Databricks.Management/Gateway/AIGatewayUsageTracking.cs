namespace Connectors.Databricks.Management;

/// <summary>The configuration of usage tracking in system tables.</summary>
public sealed record AIGatewayUsageTracking : EndpointDocument
{
    /// <summary>Gets a value indicating whether usage tracking is enabled.</summary>
    public bool? Enabled { get; init; }
}
