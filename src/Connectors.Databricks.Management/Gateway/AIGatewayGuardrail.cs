using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The checks of one direction.</summary>
public sealed record AIGatewayGuardrail : EndpointDocument
{
    private readonly EquatableList<string> _invalidKeywords;
    private readonly EquatableList<string> _validTopics;

    /// <summary>What is done with personal data.</summary>
    [JsonPropertyName("pii")]
    public AIGatewayPiiFilter? Pii { get; init; }

    /// <summary>Whether unsafe content is refused.</summary>
    public bool? Safety { get; init; }

    /// <summary>Words that are refused.</summary>
    public IReadOnlyList<string>? InvalidKeywords { get => _invalidKeywords.OrNull; init => _invalidKeywords = new(value); }

    /// <summary>The topics that are allowed; whatever else is refused.</summary>
    public IReadOnlyList<string>? ValidTopics { get => _validTopics.OrNull; init => _validTopics = new(value); }
}
