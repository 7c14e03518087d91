using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// Inference tables of the older kind (<c>auto_capture_config</c>), which keep requests and answers in Unity Catalog. Endpoints that have
/// them keep them only if they are sent again with each update.
/// </summary>
public sealed record AutoCaptureConfig : EndpointDocument
{
    private readonly EquatableJson _state;

    /// <summary>The catalog of the table.</summary>
    public string? CatalogName { get; init; }

    /// <summary>The schema of the table.</summary>
    public string? SchemaName { get; init; }

    /// <summary>What the name of the table starts with.</summary>
    public string? TableNamePrefix { get; init; }

    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }

    /// <summary>What the service says of the table, as JSON. Never sent.</summary>
    public JsonElement? State { get => _state.OrNull; init => _state = new(value); }
}
