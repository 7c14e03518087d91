using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// The configuration of legacy inference tables (<c>auto_capture_config</c>), which log requests and responses to Unity Catalog. An update
/// without it removes it.
/// </summary>
public sealed record AutoCaptureConfig : EndpointDocument
{
    private readonly EquatableJson _state;

    /// <summary>Gets the Unity Catalog catalog of the inference table.</summary>
    public string? CatalogName { get; init; }

    /// <summary>Gets the schema of the inference table.</summary>
    public string? SchemaName { get; init; }

    /// <summary>Gets the prefix of the table name.</summary>
    public string? TableNamePrefix { get; init; }

    /// <summary>Gets a value indicating whether the inference table is enabled.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Gets the state of the inference table, as JSON. Set by the service; never sent.</summary>
    public JsonElement? State { get => _state.OrNull; init => _state = new(value); }
}
