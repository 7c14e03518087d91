namespace Connectors.Databricks.Management;

/// <summary>Whether another served entity is asked when one fails, in their order, until one answers.</summary>
public sealed record AIGatewayFallback : EndpointDocument
{
    /// <summary>Whether it is.</summary>
    public bool Enabled { get; init; }
}
