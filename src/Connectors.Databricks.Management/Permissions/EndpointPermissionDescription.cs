using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A permission level that can be granted, with its description.</summary>
public sealed record EndpointPermissionDescription : EndpointDocument
{
    /// <summary>Gets the permission level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Gets the description of the service.</summary>
    public string? Description { get; init; }
}
