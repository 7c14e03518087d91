using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A level that can be given, and what it means.</summary>
public sealed record EndpointPermissionDescription : EndpointDocument
{
    /// <summary>The level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>The service's words for it.</summary>
    public string? Description { get; init; }
}
