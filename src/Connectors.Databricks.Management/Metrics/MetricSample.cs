using System.Globalization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A sample of a metric.</summary>
public sealed record MetricSample
{
    private readonly EquatableMap _labels;

    /// <summary>Initializes a new instance of the <see cref="MetricSample"/> class.</summary>
    /// <param name="name">The name.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="value">The value.</param>
    public MetricSample(string name, IReadOnlyDictionary<string, string> labels, double value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(labels);
        Name = name;
        Labels = labels;
        Value = value;
    }

    /// <summary>Gets the name, with a suffix such as <c>_bucket</c> or <c>_sum</c> if the metric has parts.</summary>
    public string Name { get; init; }

    /// <summary>Gets the labels; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => _labels.OrNull!; init => _labels = new(value); }

    /// <summary>Gets the value, which may be <see cref="double.NaN"/> or infinite.</summary>
    public double Value { get; init; }

    /// <summary>Gets the time of the measurement; <see langword="null"/> for the time of the request.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Gets a single event that was counted into the sample; <see langword="null"/> if there is none.</summary>
    public MetricExemplar? Exemplar { get; init; }

    /// <summary>Returns name, labels and value.</summary>
    /// <returns>Text for a log: <c>cpu_usage_percentage{served_entity=champion} 2.34</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}{{{string.Join(", ", Labels.Select(label => $"{label.Key}={label.Value}"))}}} {Value}");
}
