using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// The AI Gateway configuration of an endpoint: rate limits, guardrails, inference tables, usage tracking and fallback. <see
/// cref="DatabricksManagementClient.UpdateAIGatewayAsync"/> replaces it as a whole; without members it removes the AI Gateway.
/// </summary>
public sealed record AIGatewayConfig : EndpointDocument
{
    private readonly EquatableList<RateLimit> _rateLimits;

    /// <summary>Gets the usage tracking configuration: whether usage is recorded in system tables.</summary>
    [JsonPropertyName("usage_tracking_config")]
    public AIGatewayUsageTracking? UsageTracking { get; init; }

    /// <summary>Gets the inference table that requests and responses are logged to.</summary>
    [JsonPropertyName("inference_table_config")]
    public AIGatewayInferenceTable? InferenceTable { get; init; }

    /// <summary>Gets the rate limits.</summary>
    public IReadOnlyList<RateLimit>? RateLimits { get => _rateLimits.OrNull; init => _rateLimits = new(value); }

    /// <summary>Gets the guardrails, which block or mask content.</summary>
    public AIGatewayGuardrails? Guardrails { get; init; }

    /// <summary>Gets the fallback configuration: whether another served entity is tried when one fails.</summary>
    [JsonPropertyName("fallback_config")]
    public AIGatewayFallback? Fallback { get; init; }
}
