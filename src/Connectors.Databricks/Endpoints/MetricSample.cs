using System.Globalization;

namespace Connectors.Databricks.Endpoints;

/// <summary>One value of a metric.</summary>
/// <param name="Name">The name, with <c>_bucket</c>, <c>_sum</c> or the like where the metric has parts.</param>
/// <param name="Labels">What it is the value of; empty when it has no labels.</param>
/// <param name="Value">The value; it may be <see cref="double.NaN"/> or infinite.</param>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>When it was measured; <see langword="null"/> for the time of the call.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>A single event that was counted into it; <see langword="null"/> when there is none.</summary>
    public MetricExemplar? Exemplar { get; init; }

    /// <summary>Name, labels and value.</summary>
    /// <returns>For a log: <c>cpu_usage_percentage{served_entity=champion} 2.34</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}{{{string.Join(", ", Labels.Select(label => $"{label.Key}={label.Value}"))}}} {Value}");
}
