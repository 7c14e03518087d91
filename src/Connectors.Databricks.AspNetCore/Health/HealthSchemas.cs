using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.AspNetCore.Health;

// The document of the health route, as OpenAPI describes it.

/// <summary>The results of all health checks.</summary>
internal sealed record HealthSchema
{
    [Description("healthy, degraded or unhealthy.")]
    public string Status { get; init; } = string.Empty;

    public IReadOnlyList<HealthCheckSchema> Checks { get; init; } = [];
}

/// <summary>The result of a health check.</summary>
internal sealed record HealthCheckSchema
{
    public string Name { get; init; } = string.Empty;

    public string Status { get; init; } = string.Empty;

    public string? Reason { get; init; }

    public string? Description { get; init; }

    public double? DurationMilliseconds { get; init; }

    public IReadOnlyDictionary<string, string>? Data { get; init; }
}

/// <summary>The contracts of the document, for OpenAPI.</summary>
[JsonSerializable(typeof(HealthSchema))]
internal sealed partial class HealthSchemasContext : JsonSerializerContext;
