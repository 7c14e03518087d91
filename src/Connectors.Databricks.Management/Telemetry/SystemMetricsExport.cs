using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>Whether system metrics of an endpoint are exported to the table <c>system.telemetry.otel_metrics</c>.</summary>
[JsonConverter(typeof(OpenTextConverter<SystemMetricsExport>))]
public readonly struct SystemMetricsExport : IEquatable<SystemMetricsExport>, IOpenText<SystemMetricsExport>
{
    /// <summary>Initializes a new instance of the <see cref="SystemMetricsExport"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public SystemMetricsExport(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>The metrics are exported.</summary>
    public static SystemMetricsExport Enabled { get; } = new("FIRST_PARTY_EXPORT_ENABLED");

    /// <summary>The metrics are not exported.</summary>
    public static SystemMetricsExport Disabled { get; } = new("FIRST_PARTY_EXPORT_DISABLED");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(SystemMetricsExport left, SystemMetricsExport right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(SystemMetricsExport left, SystemMetricsExport right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(SystemMetricsExport other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SystemMetricsExport other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static SystemMetricsExport IOpenText<SystemMetricsExport>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
