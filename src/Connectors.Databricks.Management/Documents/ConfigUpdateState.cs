using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The state of the configuration update of an endpoint (<c>state.config_update</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ConfigUpdateState>))]
public readonly struct ConfigUpdateState : IEquatable<ConfigUpdateState>, IOpenText<ConfigUpdateState>
{
    /// <summary>Initializes a new instance of the <see cref="ConfigUpdateState"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ConfigUpdateState(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>No update is in progress.</summary>
    public static ConfigUpdateState NotUpdating { get; } = new("NOT_UPDATING");

    /// <summary>An update is in progress; the previous configuration serves requests, and another update is rejected.</summary>
    public static ConfigUpdateState InProgress { get; } = new("IN_PROGRESS");

    /// <summary>The last update failed; the previous configuration may still serve requests.</summary>
    public static ConfigUpdateState UpdateFailed { get; } = new("UPDATE_FAILED");

    /// <summary>The last update was canceled.</summary>
    public static ConfigUpdateState UpdateCanceled { get; } = new("UPDATE_CANCELED");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ConfigUpdateState left, ConfigUpdateState right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ConfigUpdateState left, ConfigUpdateState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ConfigUpdateState other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ConfigUpdateState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ConfigUpdateState IOpenText<ConfigUpdateState>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
