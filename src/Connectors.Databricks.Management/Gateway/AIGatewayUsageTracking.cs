namespace Connectors.Databricks.Management;

/// <summary>Whether usage is counted in system tables.</summary>
public sealed record AIGatewayUsageTracking : EndpointDocument
{
    /// <summary>Whether it is.</summary>
    public bool? Enabled { get; init; }
}
