using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A single event that was counted into a sample: usually the trace of a request.</summary>
public sealed record MetricExemplar
{
    private readonly EquatableMap _labels;

    /// <summary>Initializes a new instance of the <see cref="MetricExemplar"/> class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">The time of the event.</param>
    public MetricExemplar(IReadOnlyDictionary<string, string> labels, double value, DateTimeOffset? timestamp = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = labels;
        Value = value;
        Timestamp = timestamp;
    }

    /// <summary>Gets the labels, such as <c>trace_id</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => _labels.OrNull!; init => _labels = new(value); }

    /// <summary>Gets the value.</summary>
    public double Value { get; init; }

    /// <summary>Gets the time of the event; <see langword="null"/> if unspecified.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
