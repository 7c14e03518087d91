using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A level that can be given, and what it means.</summary>
public sealed record EndpointPermissionDescription : EndpointDocument
{
    /// <summary>Gets the permission level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Gets the description that the service gives.</summary>
    public string? Description { get; init; }
}
