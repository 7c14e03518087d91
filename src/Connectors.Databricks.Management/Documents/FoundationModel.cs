using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A foundation model that Databricks hosts.</summary>
public sealed record FoundationModel : EndpointDocument
{
    private readonly EquatableList<string> _apiTypes;

    /// <summary>Gets the name in Unity Catalog, such as <c>system.ai.llama-3-3-70b-instruct</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets a short description of the model.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the URL of the documentation page.</summary>
    public string? Docs { get; init; }

    /// <summary>
    /// Gets the supported APIs, such as <c>mlflow/v1/chat/completions</c>; <see langword="null"/> when the
    /// service omits them: the field is undocumented.
    /// </summary>
    public IReadOnlyList<string>? ApiTypes { get => _apiTypes.OrNull; init => _apiTypes = new(value); }

    /// <summary>Gets a value indicating whether Unity Gateway serves the model. The field is undocumented.</summary>
    [JsonPropertyName("ai_gateway_v2_supported")]
    public bool? AIGatewayV2Supported { get; init; }
}
