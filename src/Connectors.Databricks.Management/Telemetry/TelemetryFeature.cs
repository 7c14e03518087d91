using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A signal of an endpoint that is written to Unity Catalog.</summary>
[JsonConverter(typeof(OpenTextConverter<TelemetryFeature>))]
public readonly struct TelemetryFeature : IEquatable<TelemetryFeature>, IOpenText<TelemetryFeature>
{
    /// <summary>Initializes a new instance of the <see cref="TelemetryFeature"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public TelemetryFeature(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Logs.</summary>
    public static TelemetryFeature Logs { get; } = new("TELEMETRY_FEATURE_LOGS");

    /// <summary>Traces.</summary>
    public static TelemetryFeature Traces { get; } = new("TELEMETRY_FEATURE_TRACES");

    /// <summary>Metrics.</summary>
    public static TelemetryFeature Metrics { get; } = new("TELEMETRY_FEATURE_METRICS");

    /// <summary>Requests and responses.</summary>
    public static TelemetryFeature InferenceTable { get; } = new("TELEMETRY_FEATURE_INFERENCE_TABLE");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(TelemetryFeature left, TelemetryFeature right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(TelemetryFeature left, TelemetryFeature right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TelemetryFeature other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TelemetryFeature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static TelemetryFeature IOpenText<TelemetryFeature>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
