using Connectors.Databricks.Management.Metrics;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// The metrics of an endpoint. <see cref="Families"/> contains all of them; the other properties aggregate the documented metrics (<see
/// cref="EndpointMetricNames"/>) over all served entities and replicas, and are <see langword="null"/> if the endpoint does not report the
/// metric.
/// </summary>
public sealed class EndpointMetrics
{
    private readonly ILookup<string, MetricSample> _samples;

    /// <summary>Initializes a new instance of the <see cref="EndpointMetrics"/> class.</summary>
    /// <param name="families">The metric families.</param>
    public EndpointMetrics(IReadOnlyList<MetricFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        Families = families;
        _samples = families.SelectMany(family => family.Samples).ToLookup(sample => sample.Name, StringComparer.Ordinal);
    }

    /// <summary>Gets the metric families, in the order of the text.</summary>
    public IReadOnlyList<MetricFamily> Families { get; }

    /// <summary>Gets the number of requests in the last minute.</summary>
    public double? RequestsPerMinute => Sum(EndpointMetricNames.RequestCount);

    /// <summary>Gets the number of client errors (4xx) in the last minute.</summary>
    public double? ClientErrorsPerMinute => Sum(EndpointMetricNames.RequestClientErrorCount);

    /// <summary>Gets the number of server errors (5xx) in the last minute.</summary>
    public double? ServerErrorsPerMinute => Sum(EndpointMetricNames.RequestServerErrorCount);

    /// <summary>Gets the provisioned concurrency of the endpoint.</summary>
    public double? ProvisionedConcurrency => Sum(EndpointMetricNames.ProvisionedConcurrency);

    /// <summary>Gets the highest CPU usage across served entities and replicas, in percent.</summary>
    public double? CpuUsagePercentage => Max(EndpointMetricNames.CpuUsagePercentage);

    /// <summary>Gets the highest memory usage across served entities and replicas, in percent.</summary>
    public double? MemoryUsagePercentage => Max(EndpointMetricNames.MemoryUsagePercentage);

    /// <summary>Gets the highest GPU usage across served entities and replicas, in percent.</summary>
    public double? GpuUsagePercentage => Max(EndpointMetricNames.GpuUsagePercentage);

    /// <summary>Gets the histogram of request latency, in milliseconds: <c>RequestLatency?.Quantile(0.95)</c>.</summary>
    public MetricHistogram? RequestLatency => MergeHistograms(EndpointMetricNames.RequestLatency);

    /// <summary>Gets the histogram of prediction latency, the time spent in the model, in milliseconds.</summary>
    public MetricHistogram? PredictionLatency => MergeHistograms(EndpointMetricNames.PredictionLatency);

    /// <summary>Gets the histogram of queue time, the time that requests waited for the model, in milliseconds.</summary>
    public MetricHistogram? QueueTime => MergeHistograms(EndpointMetricNames.QueueTime);

    /// <summary>Parses metrics in the OpenMetrics or the Prometheus text format.</summary>
    /// <param name="text">The text, as returned by <see cref="EndpointMonitoringClient.GetMetricsTextAsync"/>.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="FormatException">The text has neither format; the message contains the line number.</exception>
    public static EndpointMetrics Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new EndpointMetrics(MetricsFromText.Read(text, ItemBudget.ForBoundedDocument()));
    }

    /// <summary>Finds a metric family by name.</summary>
    /// <param name="name">The name, such as <see cref="EndpointMetricNames.RequestLatency"/>.</param>
    /// <returns>The metric family; <see langword="null"/> if the endpoint does not report it.</returns>
    public MetricFamily? Find(string name) => Families.FirstOrDefault(family => family.Name == name);

    /// <summary>Sums the samples of a name over all labels.</summary>
    /// <param name="name">The name of the samples.</param>
    /// <returns>The sum; <see langword="null"/> if there are no samples.</returns>
    public double? Sum(string name) => _samples[name].Any() ? _samples[name].Sum(sample => sample.Value) : null;

    /// <summary>Gets the maximum of the samples of a name over all labels.</summary>
    /// <param name="name">The name of the samples.</param>
    /// <returns>The maximum; <see langword="null"/> if there are no samples.</returns>
    public double? Max(string name) => _samples[name].Select(sample => (double?)sample.Value).Max();

    /// <summary>Gets the histograms of a name: one for each set of labels.</summary>
    /// <param name="name">The name of the metric.</param>
    /// <returns>The histograms, in the order of the text.</returns>
    public IReadOnlyList<MetricHistogram> Histograms(string name) => HistogramsFromSamples.Read(_samples, name);

    /// <summary>Merges the histograms of a name over all labels.</summary>
    /// <param name="name">The name of the metric.</param>
    /// <returns>
    /// The histogram; <see langword="null"/> if there is none. If the buckets of the parts differ, it is a lower estimate.
    /// </returns>
    public MetricHistogram? MergeHistograms(string name) => HistogramsFromSamples.Merge(Histograms(name));
}
