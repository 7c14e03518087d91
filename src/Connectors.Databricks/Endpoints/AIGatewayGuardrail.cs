using System.Text.Json.Serialization;

namespace Connectors.Databricks.Endpoints;

/// <summary>The checks of one direction.</summary>
public sealed record AIGatewayGuardrail : EndpointDocument
{
    /// <summary>What is done with personal data.</summary>
    [JsonPropertyName("pii")]
    public AIGatewayPiiFilter? Pii { get; init; }

    /// <summary>Whether unsafe content is refused.</summary>
    public bool? Safety { get; init; }

    /// <summary>Words that are refused.</summary>
    public IReadOnlyList<string>? InvalidKeywords { get; init; }

    /// <summary>The topics that are allowed; whatever else is refused.</summary>
    public IReadOnlyList<string>? ValidTopics { get; init; }
}
