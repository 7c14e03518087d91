using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>The OpenMetrics text format, and what is let through of the older one.</summary>
public class MetricsFromTextTests
{
    [Fact]
    public void What_Databricks_exports_is_read()
    {
        var metrics = EndpointMetrics.Parse(
            """
            # HELP cpu_usage_percentage CPU in use
            # TYPE cpu_usage_percentage gauge
            cpu_usage_percentage{endpoint_name="churn-v1",served_entity="champion"} 2.34
            # TYPE request_count_total gauge
            request_count_total{endpoint_name="churn-v1"} 12
            # TYPE request_latency_ms histogram
            # UNIT request_latency_ms ms
            request_latency_ms_bucket{endpoint_name="churn-v1",le="100"} 12
            request_latency_ms_bucket{endpoint_name="churn-v1",le="+Inf"} 15
            request_latency_ms_sum{endpoint_name="churn-v1"} 1840
            request_latency_ms_count{endpoint_name="churn-v1"} 15
            # EOF

            """);

        Assert.Equal(
            [
                ("cpu_usage_percentage", "gauge", "CPU in use", null, 1), ("request_count_total", "gauge", null, null, 1),
                ("request_latency_ms", "histogram", null, "ms", 4),
            ],
            metrics.Families.Select(family => (family.Name, family.Type.Value, family.Help, family.Unit, family.Samples.Count)));
        Assert.Equal("cpu_usage_percentage{endpoint_name=churn-v1, served_entity=champion} 2.34",
            metrics.Families[0].Samples[0].ToString());
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-1.5e3", -1500)]
    [InlineData("+2", 2)]
    [InlineData(".5", 0.5)]
    [InlineData("NaN", double.NaN)]
    [InlineData("nan", double.NaN)]
    [InlineData("Inf", double.PositiveInfinity)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    [InlineData("-infinity", double.NegativeInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    public void Numbers(string text, double expected) => Assert.Equal(expected, Single($"a {text}").Value);

    [Theory]
    [InlineData("""a{b="c"} 1""", "b=c")]
    [InlineData("""a{b="c",} 1""", "b=c")]
    [InlineData("""a { b = "c" , d = "e" } 1""", "b=c d=e")]
    [InlineData("""a{} 1""", "")]
    [InlineData("""a{b=""} 1""", "b=")]
    [InlineData("""a{b="say \"hi\" \\ \n."} 1""", "b=say \"hi\" \\ \n.")]
    [InlineData("""a{b="\q"} 1""", "b=\\q")]
    [InlineData("""a{b="}#,= 日本"} 1""", "b=}#,= 日本")]
    [InlineData("""{"a","b.c"="d"} 1""", "b.c=d")]
    [InlineData("""{"a"} 1""", "")]
    public void Labels(string line, string expected)
    {
        var sample = Single(line);

        Assert.Equal(("a", 1), (sample.Name, sample.Value));
        Assert.Equal(expected, string.Join(' ', sample.Labels.Select(label => $"{label.Key}={label.Value}")));
    }

    [Theory]
    [InlineData("a 1 1700000000.5\n# EOF", "2023-11-14T22:13:20.5000000+00:00")]
    [InlineData("a 1 1700000000500", "2023-11-14T22:13:20.5000000+00:00")]
    [InlineData("a 1 -1000", "1969-12-31T23:59:59.0000000+00:00")]
    [InlineData("a 1 1e300", null)]
    [InlineData("a 1 NaN", null)]
    [InlineData("a 1", null)]
    public void Times_are_seconds_with_the_mark_of_the_end_and_milliseconds_without(string text, string? expected) =>
        Assert.Equal(expected, Single(text).Timestamp?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Exemplars()
    {
        var sample = Single("""a_bucket{le="1"} 5 1700000000 # {trace_id="abc"} 0.67 1700000001""" + "\n# EOF");

        Assert.Equal(("abc", 0.67, 1700000001),
            (sample.Exemplar!.Labels["trace_id"], sample.Exemplar.Value, sample.Exemplar.Timestamp!.Value.ToUnixTimeSeconds()));
        Assert.Equal(1700000000, sample.Timestamp!.Value.ToUnixTimeSeconds());
        Assert.Null(Single("""a 5 # {} 1""").Exemplar!.Timestamp);
    }

    [Theory]
    [InlineData("counter", "a_total a_created", "a")]
    [InlineData("histogram", "a_bucket a_sum a_count a_created", "a")]
    [InlineData("gaugehistogram", "a_bucket a_gsum a_gcount", "a")]
    [InlineData("summary", "a a_sum a_count", "a")]
    [InlineData("info", "a_info", "a")]
    [InlineData("stateset", "a", "a")]
    [InlineData("gauge", "a a_total", "a a_total")]
    [InlineData("unknown", "a a_sum", "a a_sum")]
    public void Samples_belong_to_the_metric_they_are_parts_of(string type, string samples, string families)
    {
        var text = $"# TYPE a {type}\n{string.Concat(samples.Split(' ').Select(name => $"{name} 1\n"))}";

        Assert.Equal(families, string.Join(' ', EndpointMetrics.Parse(text).Families.Select(family => family.Name)));
    }

    [Fact]
    public void A_counter_of_the_older_format_has_its_whole_name()
    {
        var family = Assert.Single(EndpointMetrics.Parse("# TYPE a_total counter\na_total 3\n").Families);

        Assert.Equal(("a_total", MetricType.Counter), (family.Name, family.Type));
    }

    [Fact]
    public void Help_is_unescaped_and_comments_are_skipped()
    {
        var metrics = EndpointMetrics.Parse(
            "# just words\n#\n#TYPE\n# HELP a two\\nlines, a \\\\ and \\q\n# TYPE a untyped\n\r\n\t\na 1\r\n");

        var family = Assert.Single(metrics.Families);
        Assert.Equal(("two\nlines, a \\ and \\q", MetricType.Unknown, 1), (family.Help, family.Type, family.Samples.Count));
    }

    [Fact]
    public void A_metric_without_a_sample_is_kept() => Assert.Empty(EndpointMetrics.Parse("# TYPE a gauge\n# EOF\n").Find("a")!.Samples);

    [Theory]
    [InlineData("")]
    [InlineData("# EOF")]
    [InlineData("\n\n")]
    public void Nothing_is_nothing(string text) => Assert.Empty(EndpointMetrics.Parse(text).Families);

    [Theory]
    [InlineData("a", "Line 1 ends where a value is expected.")]
    [InlineData("a 1\nb x", "Line 2 has a value that is no number: 'x'.")]
    [InlineData("a 0x10", "Line 1 has a value that is no number: '0x10'.")]
    [InlineData("a 1 2 3", "Line 1 goes on behind its value and time.")]
    [InlineData("1a 1", "Line 1 has no name of a metric where one should start.")]
    [InlineData("<html>", "Line 1 has no name of a metric where one should start.")]
    [InlineData("{\"a\":1}", "Line 1 has no '=' after a label's name.")]
    [InlineData("{} 1", "Line 1 has no metric name.")]
    [InlineData("{b=\"c\"} 1", "Line 1 has no metric name.")]
    [InlineData("a{b=\"c} 1", "Line 1 has a text without a closing quote, which starts at character 5.")]
    [InlineData("a{b=\"c\\", "Line 1 has a text without a closing quote, which starts at character 5.")]
    [InlineData("a{b=c} 1", "Line 1 has a label value without quotes.")]
    [InlineData("a{b \"c\"} 1", "Line 1 has no '=' after a label's name.")]
    [InlineData("a{b=\"c\" d=\"e\"} 1", "Line 1 has no ',' between labels.")]
    [InlineData("a{b=\"c\",b=\"d\"} 1", "Line 1 has the label 'b' twice.")]
    [InlineData("a{", "Line 1 has no name of a label where one should start.")]
    [InlineData("a 1 # x", "Line 1 has an exemplar without labels.")]
    [InlineData("a 1 # {} y", "Line 1 has an exemplar that is no number: 'y'.")]
    [InlineData("a 1\n# EOF\nb 1", "Line 3 follows '# EOF'.")]
    public void What_is_wrong_is_named_with_its_line(string text, string complaint) =>
        Assert.Equal(complaint, Assert.Throws<FormatException>(() => EndpointMetrics.Parse(text)).Message);

    private static MetricSample Single(string text) => Assert.Single(Assert.Single(EndpointMetrics.Parse(text).Families).Samples);
}
