using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>The route, the views of what Databricks documents, and histograms.</summary>
public class EndpointMetricsTests
{
    private const string Text =
        """
        # TYPE cpu_usage_percentage gauge
        cpu_usage_percentage{served_entity="champion"} 20
        cpu_usage_percentage{served_entity="challenger"} 70.5
        # TYPE mem_usage_percentage gauge
        mem_usage_percentage{served_entity="champion"} 41
        # TYPE provisioned_concurrent_requests_total gauge
        provisioned_concurrent_requests_total{served_entity="champion"} 4
        provisioned_concurrent_requests_total{served_entity="challenger"} 8
        # TYPE request_count_total gauge
        request_count_total{served_entity="champion"} 90
        request_count_total{served_entity="challenger"} 10
        # TYPE request_4xx_count_total gauge
        request_4xx_count_total{served_entity="champion"} 3
        # TYPE request_5xx_count_total gauge
        request_5xx_count_total{served_entity="champion"} 1
        # TYPE request_latency_ms histogram
        request_latency_ms_bucket{served_entity="champion",le="100"} 50
        request_latency_ms_bucket{served_entity="champion",le="200"} 90
        request_latency_ms_bucket{served_entity="champion",le="+Inf"} 100
        request_latency_ms_sum{served_entity="champion"} 12000
        request_latency_ms_count{served_entity="champion"} 100
        request_latency_ms_bucket{served_entity="challenger",le="100"} 0
        request_latency_ms_bucket{served_entity="challenger",le="200"} 10
        request_latency_ms_bucket{served_entity="challenger",le="+Inf"} 10
        request_latency_ms_sum{served_entity="challenger"} 1500
        request_latency_ms_count{served_entity="challenger"} 10
        # EOF

        """;

    [Fact]
    public async Task Views_of_what_is_documented()
    {
        var metrics = await Managing.Exchange(
            "GET /api/2.0/serving-endpoints/churn/metrics", request: null, Text, endpoints =>
                endpoints.Monitoring.GetMetricsAsync("churn"));

        Assert.Equal(
            (70.5, 41, 12, 100, 3, 1, null),
            (metrics.CpuUsagePercentage, metrics.MemoryUsagePercentage, metrics.ProvisionedConcurrency, metrics.RequestsPerMinute,
                metrics.ClientErrorsPerMinute, metrics.ServerErrorsPerMinute, metrics.GpuUsagePercentage));
        var latency = metrics.RequestLatency!;
        Assert.Equal([new(100, 50), new(200, 100), new(double.PositiveInfinity, 110)], latency.Buckets);
        Assert.Equal((110, 13500), (latency.Count, latency.Sum));
        Assert.Equal((null, null), (metrics.PredictionLatency, metrics.QueueTime));
    }

    [Fact]
    public async Task The_text_is_given_as_it_came() => Assert.Equal(Text, await Managing.Exchange(
        "GET /api/2.0/serving-endpoints/churn/metrics", request: null, Text, endpoints =>
            endpoints.Monitoring.GetMetricsTextAsync("churn")));

    [Fact]
    public async Task What_are_no_metrics_is_a_failure()
    {
        var exception = await Managing.Fails(new VerbatimService().Answers("{\"a\":1}"), endpoints =>
            endpoints.Monitoring.GetMetricsAsync("churn"));

        Assert.Equal(
            "Getting the metrics of endpoint 'churn' failed: a response that is not in a metrics format (Line 1 has no '=' after a " +
            "label's name). If a proxy is in between, check it; otherwise give the request id to Databricks support.",
            exception.Message);
        Assert.IsType<FormatException>(exception.InnerException);
    }

    [Fact]
    public void Histograms_are_kept_apart_by_their_labels()
    {
        var histograms = EndpointMetrics.Parse(Text).Histograms(EndpointMetricNames.RequestLatency);

        Assert.Equal(["champion", "challenger"], histograms.Select(histogram => histogram.Labels["served_entity"]));
        Assert.Equal([120, 150], histograms.Select(histogram => histogram.Mean));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 50)]
    [InlineData(0.5, 100)]
    [InlineData(0.7, 150)]
    [InlineData(0.9, 200)]
    [InlineData(0.99, 200)]
    [InlineData(1, 200)]
    public void A_quantile_is_estimated_within_its_bucket(double share, double expected) => Assert.Equal(
        expected, Histogram(100, (100, 50), (200, 90), (double.PositiveInfinity, 100)).Quantile(share), precision: 9);

    [Fact]
    public void A_quantile_of_odd_histograms()
    {
        Assert.Equal(double.NaN, Histogram(0).Quantile(0.5));
        Assert.Equal(double.NaN, Histogram(0, (100, 0), (double.PositiveInfinity, 0)).Quantile(0.5));
        Assert.Equal(double.NaN, Histogram(5, (double.PositiveInfinity, 5)).Quantile(0.5));
        Assert.Equal(double.NaN, Histogram(double.NaN, (100, double.NaN)).Quantile(0.5));
        Assert.Equal(-10, Histogram(5, (-10, 5), (double.PositiveInfinity, 5)).Quantile(0.5));
        Assert.Equal(150, Histogram(10, (100, 0), (200, 10)).Quantile(0.5));
        Assert.Equal(100, Histogram(10, (100, 0), (200, 10)).Quantile(0));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_quantile_is_from_0_to_1(double quantile) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(quantile), () => Histogram(0).Quantile(quantile));

    [Fact]
    public void Histograms_whose_buckets_differ_are_merged_from_below()
    {
        var metrics = EndpointMetrics.Parse(
            """
            h_bucket{a="1",le="10"} 4
            h_bucket{a="1",le="+Inf"} 5
            h_bucket{a="2",le="20"} 6
            h_bucket{a="2",le="+Inf"} 6
            """);

        var merged = metrics.MergeHistograms("h")!;

        Assert.Equal([new(10, 4), new(20, 10), new(double.PositiveInfinity, 11)], merged.Buckets);
        Assert.Equal((11, double.NaN), (merged.Count, merged.Sum));
    }

    [Fact]
    public void Labels_that_look_alike_when_joined_are_kept_apart() => Assert.Equal(2, EndpointMetrics.Parse(
        """
        h_bucket{a="1b1:2",le="1"} 1
        h_bucket{a="1",b="2",le="1"} 2
        """).Histograms("h").Count);

    [Fact]
    public void Buckets_without_a_bound_do_not_count() => Assert.Equal(
        [new(1, 2)], EndpointMetrics.Parse("h_bucket 1\nh_bucket{le=\"x\"} 1\nh_bucket{le=\"1\"} 2\n").MergeHistograms("h")!.Buckets);

    private static MetricHistogram Histogram(double count, params (double Bound, double Count)[] buckets) =>
        new(new Dictionary<string, string>(), [.. buckets.Select(bucket => new MetricBucket(bucket.Bound, bucket.Count))], count,
            double.NaN);
}
