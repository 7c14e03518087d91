namespace Connectors.Databricks.Endpoints;

/// <summary>A single event that was counted into a sample: mostly the trace of a call.</summary>
/// <param name="Labels">What tells it apart, such as <c>trace_id</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Timestamp">When it was; <see langword="null"/> when the service does not say.</param>
public sealed record MetricExemplar(IReadOnlyDictionary<string, string> Labels, double Value, DateTimeOffset? Timestamp);
