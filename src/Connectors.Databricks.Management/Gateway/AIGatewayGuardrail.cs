using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The guardrails of requests, or of responses.</summary>
public sealed record AIGatewayGuardrail : EndpointDocument
{
    private readonly EquatableList<string> _invalidKeywords;
    private readonly EquatableList<string> _validTopics;

    /// <summary>Gets the filter for personally identifiable information (PII).</summary>
    [JsonPropertyName("pii")]
    public AIGatewayPiiFilter? Pii { get; init; }

    /// <summary>Gets a value indicating whether unsafe content is blocked.</summary>
    public bool? Safety { get; init; }

    /// <summary>Gets the keywords that are blocked.</summary>
    public IReadOnlyList<string>? InvalidKeywords { get => _invalidKeywords.OrNull; init => _invalidKeywords = new(value); }

    /// <summary>Gets the topics that are allowed; all others are blocked.</summary>
    public IReadOnlyList<string>? ValidTopics { get => _validTopics.OrNull; init => _validTopics = new(value); }
}
