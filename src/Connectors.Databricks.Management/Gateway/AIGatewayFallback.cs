namespace Connectors.Databricks.Management;

/// <summary>Whether another served entity is asked when one fails, in their order, until one answers.</summary>
public sealed record AIGatewayFallback : EndpointDocument
{
    /// <summary>Gets a value indicating whether fallback is enabled.</summary>
    public bool Enabled { get; init; }
}
