using System.Text.Json.Serialization;

namespace Connectors.Databricks.Endpoints;

/// <summary>One permission, and where it comes from.</summary>
public sealed record EndpointPermissionEntry : EndpointDocument
{
    /// <summary>The level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Whether it was given to something above the endpoint.</summary>
    public bool Inherited { get; init; }

    /// <summary>What it was given to.</summary>
    public IReadOnlyList<string> InheritedFromObject { get => field ?? []; init; }
}
