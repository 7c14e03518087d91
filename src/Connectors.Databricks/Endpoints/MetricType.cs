namespace Connectors.Databricks.Endpoints;

/// <summary>What the samples of a metric mean (<c># TYPE</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
public readonly record struct MetricType(string Value)
{
    /// <summary>Not said.</summary>
    public static MetricType Unknown { get; } = new("unknown");

    /// <summary>A value that goes up and down.</summary>
    public static MetricType Gauge { get; } = new("gauge");

    /// <summary>A count that only grows.</summary>
    public static MetricType Counter { get; } = new("counter");

    /// <summary>Counts by bucket.</summary>
    public static MetricType Histogram { get; } = new("histogram");

    /// <summary>Counts by bucket that go up and down.</summary>
    public static MetricType GaugeHistogram { get; } = new("gaugehistogram");

    /// <summary>Quantiles that the service has worked out.</summary>
    public static MetricType Summary { get; } = new("summary");

    /// <summary>Text about the process.</summary>
    public static MetricType Info { get; } = new("info");

    /// <summary>Flags, one of each state.</summary>
    public static MetricType StateSet { get; } = new("stateset");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;
}
