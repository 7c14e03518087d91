using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>
/// The inputs that the OpenMetrics parser of the Python client of Prometheus must reject, and that are read here: rules for a server
/// whose violation leaves the numbers readable.
/// </summary>
public class OpenMetricsToleranceTests
{
    private static readonly string[] Syntax =
    [
        "a 1\n\n", "a{a=\"1\"}1\n", "a{a=\"1\",b=\"2\",} 1\n", "a{a=\" # \"}1\n", " # HELP a meh\n", "a.b 1\n", "a  1\n", "a 1\t\n",
        "a 1 \n", "a 1 NaN\n", "a 1 Inf\n", "a 1 +Inf\n", "a 1 -Inf\n",
    ];

    private static readonly string[] Comments =
    [
        "# HELP\n", "# HELP \n", "# HELP a\n", "# HELP a\t\n", "# TYPE\n", "# TYPE \n", "# TYPE a\n", "# TYPE a\t\n", "# TYPE a meh\n",
        "# TYPE a meh \n", "# TYPE a gauge \n", "# TYPE a untyped\n", "# UNIT\n", "# UNIT \n", "# UNIT a\n", "# UNIT a\t\n",
        "# UNIT a seconds\n", "# UNIT a_seconds seconds \n", "# HELP a x\na 1\n# TYPE a gauge\n", "# HELP a \n# HELP a \n",
        "# HELP a x\n# HELP a x\n", "# UNIT a_s s\n# UNIT a_s s\n", "# FOO a x\n",
    ];

    private static readonly string[] Semantics =
    [
        "# TYPE x_u info\n# UNIT x_u u\n", "# TYPE x_u stateset\n# UNIT x_u u\n", "# TYPE a gauge\na 1\n# HELP a gauge\n",
        "# TYPE a_s gauge\na_s 1\n# UNIT a_s s\n", "# TYPE a untyped\n# TYPE a untyped\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 #{} 1\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 # {}1\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 # {} 1 \n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 # {} 1 1 \n",
        "# TYPE a histogram\na_sum 1 # {a=\"b\"} 0.5\n", "# TYPE a gaugehistogram\na_sum 1 # {a=\"b\"} 0.5\n",
        "# TYPE a_bucket gauge\na_bucket 1 # {a=\"b\"} 0.5\n", "# TYPE a counter\na_created 1 # {a=\"b\"} 0.5\n",
        "# TYPE a gauge\na 1 # {a=\"b\"} 1\n", "# TYPE a info\na_info 1 # {a=\"b\"} 1\n",
        "# TYPE a stateset\na{a=\"b\"} 1 # {c=\"d\"} 1\n", "# TYPE a stateset\na 2\n", "# TYPE a info\na 2\n",
        "# TYPE a stateset\na 2.0\n", "# TYPE a info\na 2.0\n", "# TYPE a summary\na 0\n", "# TYPE a summary\na{quantile=\"-1\"} 0\n",
        "# TYPE a summary\na{quantile=\"foo\"} 0\n", "# TYPE a summary\na{quantile=\"1.01\"} 0\n",
        "# TYPE a summary\na{quantile=\"NaN\"} 0\n", "# TYPE a histogram\na_bucket 0\n", "# TYPE a gaugehistogram\na_bucket 0\n",
        "# TYPE a stateset\na 0\n", "# TYPE a counter\na_total NaN\n", "# TYPE a counter\na_total -1\n",
        "# TYPE a histogram\na_sum NaN\n", "# TYPE a histogram\na_count NaN\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} NaN\n",
        "# TYPE a histogram\na_sum -1\n", "# TYPE a histogram\na_count -1\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} -1\n",
        "# TYPE a histogram\na_bucket{le=\"-1.0\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum -1\n",
        "# TYPE a histogram\na_bucket{le=\"-1.0\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 1\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0.5\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0.5\na_count 0.5\na_sum 0\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} NaN\n", "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} -1\na_gcount -1\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} -1\n", "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 1\na_gsum -1\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 1\na_gsum NaN\n", "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 0.5\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 0.5\na_gsum 0.5\na_gcount 0\n", "# TYPE a summary\na_sum NaN\n",
        "# TYPE a summary\na_count NaN\n", "# TYPE a summary\na_sum -1\n", "# TYPE a summary\na_count -1\n",
        "# TYPE a summary\na_count 0.5\n", "# TYPE a summary\na{quantile=\"0.5\"} -1\n", "# TYPE a info\na_info{foo=\"bar\"} 2\n",
        "# TYPE a stateset\na{a=\"bar\"} 2\n", "# TYPE a histogram\na_sum 1\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0\na_sum 0\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0\na_count 0\n",
        "# TYPE a histogram\na_bucket{le=\"-1\"} 0\na_bucket{le=\"+Inf\"} 0\na_sum 0\na_count 0\n",
        "# TYPE a gaugehistogram\na_gsum 1\n", "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 0\na_gsum 0\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 0\na_gcount 0\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 1\na_gsum -1\na_gcount 1\n",
        "# TYPE a histogram\na_count 1\na_bucket{le=\"+Inf\"} 0\n", "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0\na_count 1\n",
        "# TYPE a histogram\na_bucket{le=\"+INF\"} 0\n",
        "# TYPE a histogram\na_bucket{le=\"2\"} 0\na_bucket{le=\"1\"} 0\na_bucket{le=\"+Inf\"} 0\n",
        "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"2\"} 1\na_bucket{le=\"+Inf\"} 0\n",
        "# TYPE a histogram\na_sum{a=\"1\"} 0\na_sum{a=\"2\"} 0\na_count{a=\"1\"} 0\n",
        "# TYPE a gaugehistogram\na_gsum{a=\"1\"} 0\na_gsum{a=\"2\"} 0\na_gcount{a=\"1\"} 0\n",
        "# TYPE a summary\nquantile{quantile=\"0\"} 0\na_sum{a=\"1\"} 0\nquantile{quantile=\"1\"} 0\n",
        "# TYPE a gauge\na 0 -1\na 0 -2\n", "# TYPE a gauge\na 0 -1\na 0 -1.1\n", "# TYPE a gauge\na 0 1\na 0 -1\n",
        "# TYPE a gauge\na 0 1.1\na 0 1\n", "# TYPE a gauge\na 0 1\na 0 0\n", "# TYPE a gauge\na 0\na 0 0\n",
        "# TYPE a gauge\na 0 0\na 0\n", "# TYPE a counter\n# TYPE a counter\n", "# TYPE a info\n# TYPE a counter\n",
        "# TYPE a_created gauge\n# TYPE a counter\n",
    ];

    public static TheoryData<string> Inputs => [.. Syntax, .. Comments, .. Semantics, $"a 1 # {{a=\"{new string('2', 128)}\"}} 1 1\n"];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_text_against_the_rules_is_read(string text)
    {
        var samples = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line[0] != '#' && line[0] != ' ');

        Assert.Equal(samples, EndpointMetrics.Parse(text + "# EOF\n").Families.Sum(family => family.Samples.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a 1\n")]
    [InlineData("a 1\n# EOFblah\n")]
    public void The_end_marker_is_optional(string text) =>
        Assert.Equal(text.Length > 0 ? "a unknown '' a{}=1" : "", MetricsText.Of(EndpointMetrics.Parse(text)));

    // OpenMetrics forbids them, and a time that is no time does not make the value unreadable.
    [Theory]
    [InlineData("NaN")]
    [InlineData("Inf")]
    [InlineData("+Inf")]
    [InlineData("-Inf")]
    [InlineData("12345678901234567890.1234567890")]
    public void A_sample_with_a_timestamp_that_is_no_time_has_none(string time)
    {
        Assert.Equal("a unknown '' a{}=1", MetricsText.Of(EndpointMetrics.Parse($"a 1 {time}\n")));
        Assert.Equal("a unknown '' a{}=1", MetricsText.Of(EndpointMetrics.Parse($"a 1 {time}\n# EOF\n")));
        Assert.Equal("a unknown '' a{}=1#{b=c}=2", MetricsText.Of(EndpointMetrics.Parse($"a 1 # {{b=\"c\"}} 2 {time}\n# EOF\n")));
    }
}
