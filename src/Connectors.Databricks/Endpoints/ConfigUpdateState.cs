using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>Whether an endpoint is changing to another configuration (<c>state.config_update</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<ConfigUpdateState>))]
public readonly record struct ConfigUpdateState(string Value) : IOpenText<ConfigUpdateState>
{
    /// <summary>It is not.</summary>
    public static ConfigUpdateState NotUpdating { get; } = new("NOT_UPDATING");

    /// <summary>It is; meanwhile the configuration before answers, and another update is refused.</summary>
    public static ConfigUpdateState InProgress { get; } = new("IN_PROGRESS");

    /// <summary>The last update failed; the configuration before may still answer.</summary>
    public static ConfigUpdateState UpdateFailed { get; } = new("UPDATE_FAILED");

    /// <summary>The last update was cancelled.</summary>
    public static ConfigUpdateState UpdateCanceled { get; } = new("UPDATE_CANCELED");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static ConfigUpdateState IOpenText<ConfigUpdateState>.From(string value) => new(value);
}
