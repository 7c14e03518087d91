namespace Connectors.Databricks.Management;

/// <summary>The type of a metric (<c># TYPE</c>).</summary>
public readonly struct MetricType : IEquatable<MetricType>
{
    /// <summary>Initializes a new instance of the <see cref="MetricType"/> struct.</summary>
    /// <param name="value">The value; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public MetricType(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>The type is not declared.</summary>
    public static MetricType Unknown { get; } = new("unknown");

    /// <summary>A value that can increase and decrease.</summary>
    public static MetricType Gauge { get; } = new("gauge");

    /// <summary>A counter, which only increases.</summary>
    public static MetricType Counter { get; } = new("counter");

    /// <summary>A histogram: cumulative counts by bucket.</summary>
    public static MetricType Histogram { get; } = new("histogram");

    /// <summary>A histogram whose counts can increase and decrease.</summary>
    public static MetricType GaugeHistogram { get; } = new("gaugehistogram");

    /// <summary>A summary: quantiles that the service has calculated.</summary>
    public static MetricType Summary { get; } = new("summary");

    /// <summary>Information about the process, in labels.</summary>
    public static MetricType Info { get; } = new("info");

    /// <summary>A set of states, one boolean sample for each.</summary>
    public static MetricType StateSet { get; } = new("stateset");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(MetricType left, MetricType right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(MetricType left, MetricType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MetricType other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
