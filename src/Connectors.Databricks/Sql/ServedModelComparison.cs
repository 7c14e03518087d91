namespace Connectors.Databricks;

/// <summary>The comparison of two served models in an inference table.</summary>
public sealed class ServedModelComparison
{
    /// <summary>Gets the statistics of the first model, such as the control.</summary>
    public required ServedModelStatistics Control { get; init; }

    /// <summary>Gets the statistics of the second model, such as the treatment.</summary>
    public required ServedModelStatistics Treatment { get; init; }

    /// <summary>Gets the test for the difference of the error rates.</summary>
    public required TwoProportionTest ErrorRate { get; init; }

    /// <summary>
    /// Gets the interval for the difference of the median latencies of successful requests, in milliseconds; <see langword="null"/> when a
    /// model has none.
    /// </summary>
    public BootstrapInterval? MedianLatency { get; init; }

    /// <summary>
    /// Gets the interval for the difference of the 95th percentiles of the latencies of successful requests, in milliseconds;
    /// <see langword="null"/> when a model has none.
    /// </summary>
    public BootstrapInterval? P95Latency { get; init; }
}
