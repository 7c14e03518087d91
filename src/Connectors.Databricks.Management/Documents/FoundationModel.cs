using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A foundation model that Databricks hosts.</summary>
public sealed record FoundationModel : EndpointDocument
{
    private readonly EquatableList<string> _apiTypes;

    /// <summary>The name in Unity Catalog, such as <c>system.ai.llama-3-3-70b-instruct</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A few words about it.</summary>
    public string? Description { get; init; }

    /// <summary>Where its page is.</summary>
    public string? Docs { get; init; }

    /// <summary>
    /// The APIs that it answers, such as <c>mlflow/v1/chat/completions</c>; <see langword="null"/> where the service does not say, for the
    /// member is not documented.
    /// </summary>
    public IReadOnlyList<string>? ApiTypes { get => _apiTypes.OrNull; init => _apiTypes = new(value); }

    /// <summary>Whether the Unity AI Gateway serves it; not documented either.</summary>
    [JsonPropertyName("ai_gateway_v2_supported")]
    public bool? AIGatewayV2Supported { get; init; }
}
