namespace Connectors.Databricks.Management;

/// <summary>The fallback configuration: when a served entity fails, the others are tried in order.</summary>
public sealed record AIGatewayFallback : EndpointDocument
{
    /// <summary>Gets a value indicating whether fallback is enabled.</summary>
    public bool Enabled { get; init; }
}
