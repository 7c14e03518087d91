using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// What the AI Gateway does for an endpoint: limits, guardrails, tables, counts.
/// <see cref="DatabricksManagementClient.UpdateAIGatewayAsync"/>
/// replaces it as a whole; without any member it takes the gateway away.
/// </summary>
public sealed record AIGatewayConfig : EndpointDocument
{
    private readonly EquatableList<RateLimit> _rateLimits;

    /// <summary>Whether usage is counted in system tables.</summary>
    [JsonPropertyName("usage_tracking_config")]
    public AIGatewayUsageTracking? UsageTracking { get; init; }

    /// <summary>The table that requests and answers are written to.</summary>
    [JsonPropertyName("inference_table_config")]
    public AIGatewayInferenceTable? InferenceTable { get; init; }

    /// <summary>How much may be called.</summary>
    public IReadOnlyList<RateLimit>? RateLimits { get => _rateLimits.OrNull; init => _rateLimits = new(value); }

    /// <summary>What is refused or masked.</summary>
    public AIGatewayGuardrails? Guardrails { get; init; }

    /// <summary>Whether another served entity answers when one fails.</summary>
    [JsonPropertyName("fallback_config")]
    public AIGatewayFallback? Fallback { get; init; }
}
