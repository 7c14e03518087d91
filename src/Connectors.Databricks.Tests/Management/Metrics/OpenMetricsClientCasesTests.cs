using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>The inputs that the OpenMetrics parser of the Python client of Prometheus is tested with, and what is read of each.</summary>
public class OpenMetricsClientCasesTests
{
    private const string NativeHistogram =
        "{count:24,sum:100,schema:0,zero_threshold:0.001,zero_count:4,positive_spans:[0:2,1:2],positive_deltas:[2,1,-3,3]}";

    public static TheoryData<string, string> Cases => new()
    {
        { "# TYPE \"my.c\" counter\n# HELP \"my.c\" help\n{\"my.c_total\"} 1\n", "my.c counter 'help' my.c_total{}=1" },
        {
            "# TYPE \"m.c{} # = \\\" \\n\" counter\n"
                + "{\"m.c{} # = \\\" \\n_total\", \"awful. }}{{ # HELP EOF name\"=\"\\n } \\\" v\"} 1\n",
            "m.c{} # = \" \n counter '' m.c{} # = \" \n_total{awful. }}{{ # HELP EOF name=\n } \" v}=1"
        },
        { "# TYPE a counter\na_total 9223372036854775808\n", "a counter '' a_total{}=9.223372036854776E+18" },
        {
            "# TYPE \"a.b\" histogram\n{\"a.b_bucket\", le=\"+Inf\"} 3.0\n{\"a.b_count\"} 3.0\n{\"a.b_sum\"} 2.0\n",
            "a.b histogram '' a.b_bucket{le=+Inf}=3 a.b_count{}=3 a.b_sum{}=2"
        },
        {
            "# TYPE a histogram\na_bucket{le=\"1.0\"} 0 # {a=\"b\"} 0.5\na_bucket{le=\"+Inf\"} 3 # {a=\"c\"} 4 123\n",
            "a histogram '' a_bucket{le=1.0}=0#{a=b}=0.5 a_bucket{le=+Inf}=3#{a=c}=4@123000"
        },
        {
            "# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 3 123 # {a=\"d\"} 4 123\na_gcount 3\na_gsum -5\n",
            "a gaugehistogram '' a_bucket{le=+Inf}=3@123000#{a=d}=4@123000 a_gcount{}=3 a_gsum{}=-5"
        },
        { "# TYPE \"a.b\" counter\n{\"a.b_total\"} 0 123 # {\"c{}d\"=\"b\"} 0.5\n", "a.b counter '' a.b_total{}=0@123000#{c{}d=b}=0.5" },
        { "# TYPE a info\na_info{a=\"1\"} 1 1\na_info{a=\"2\"} 1 0\n", "a info '' a_info{a=1}=1@1000 a_info{a=2}=1@0" },
        { "# HELP a \n# UNIT a \n", "a unknown '' " },
        { "# TYPE a counter\n# HELP a he\0lp\n", "a counter 'he\0lp' " },
        {
            "a 1 000\nb 1 1.1\nc 1 1.5e3\n",
            "a unknown '' a{}=1@0 | b unknown '' b{}=1@1100 | c unknown '' c{}=1@1500000"
        },
        { "{\"a_total\", foo=\"b\\\"a\\nr # \"} 3\n", "a_total unknown '' a_total{foo=b\"a\nr # }=3" },
        { "a{le=\"1\",b=\"} # \"} 0 # {a=\"b\",foo=\"bar # bar\"} 0.5\n", "a unknown '' a{le=1,b=} # }=0#{a=b,foo=bar # bar}=0.5" },
        { $"# TYPE a histogram\na {NativeHistogram}\n", "a histogram '' " },
        { $"# TYPE a histogram\na{{foo=\"bar\"}} {NativeHistogram}\na_count{{foo=\"bar\"}} 24\n", "a histogram '' a_count{foo=bar}=24" },
        { $"# TYPE \"a{{h\" histogram\n{{\"a{{h\", \"x{{}} # {{}}\"=\" EOF # {{}}}}}}\"}} {NativeHistogram}\n", "a{h histogram '' " },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_read(string text, string expected) =>
        Assert.Equal(expected, MetricsText.Of(EndpointMetrics.Parse(text + "# EOF\n")));

    [Theory]
    [InlineData("\\\"", "\"")]
    [InlineData("\\\\\"", "\\\"")]
    [InlineData("\\\\\\\"", "\\\"")]
    [InlineData("\\n\\\\", "\n\\")]
    [InlineData("foo\\", "foo\\")]
    public void A_help_text_is_unescaped_with_its_quotes(string escaped, string expected) =>
        Assert.Equal(expected, EndpointMetrics.Parse($"# HELP a {escaped}\na 1\n# EOF\n").Find("a")!.Help);

    [Theory]
    [InlineData("a_gcount 3\na_gsum -5\n")]
    [InlineData("a_count 3\na_sum -5\n")]
    public void A_histogram_has_its_sum_and_count(string rest)
    {
        var text = $"# TYPE a gaugehistogram\na_bucket{{le=\"-1.0\"}} 1\na_bucket{{le=\"+Inf\"}} 3\n{rest}# EOF\n";

        var histogram = Assert.Single(EndpointMetrics.Parse(text).Histograms("a"));

        Assert.Equal((3, -5), (histogram.Count, histogram.Sum));
    }

    [Theory]
    [InlineData("a_bucket {} {}\n")]
    [InlineData("a 1 # {\"b\"} 1\n")]
    [InlineData("a {count:24\n")]
    [InlineData("a{a=1} 1\n")]
    [InlineData("a{a=\"1} 1\n")]
    [InlineData("a{a='1'} 1\n")]
    [InlineData("\"a\" 1\n")]
    [InlineData("a{a} 1\n")]
    [InlineData("a{\"a} 1\n")]
    [InlineData("a{a\"value\"} 1\n")]
    [InlineData("a{a\"\"} 1\n")]
    [InlineData("a{a=} 1\n")]
    [InlineData("a{a=\"} 1\n")]
    [InlineData("a{a=\"1\"b=\"2\"} 1\n")]
    [InlineData("a{a=\"1\",,b=\"2\"} 1\n")]
    [InlineData("a{1=\"1\"} 1\n")]
    [InlineData("a{1=\"1\"}1\n")]
    [InlineData("a{a=\"1\",a=\"1\"} 1\n")]
    [InlineData("a{a=\"1\"b} 1\n")]
    [InlineData("a{1=\" # \"} 1\n")]
    [InlineData("a{a=\" # \",a=\" # \"} 1\n")]
    [InlineData("a{a=\" # \",b=}1\n")]
    [InlineData("a{a=\" # \"b}1\n")]
    [InlineData("a\n")]
    [InlineData("a \n")]
    [InlineData("0a 1\n")]
    [InlineData("a-b 1\n")]
    [InlineData("a a\n")]
    [InlineData("a 1_2\n")]
    [InlineData("a 0x1p-3\n")]
    [InlineData("a 0x1P-3\n")]
    [InlineData("a 0b1\n")]
    [InlineData("a 0B1\n")]
    [InlineData("a 0x1\n")]
    [InlineData("a 0X1\n")]
    [InlineData("a 0o1\n")]
    [InlineData("a 0O1\n")]
    [InlineData("a 1 z\n")]
    [InlineData("a 1 1z\n")]
    [InlineData("a 1 1_2\n")]
    [InlineData("a 1 1.1.1\n")]
    [InlineData("a 1 0x1p-3\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 #\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1# {} 1\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 # {} 0x1p-3\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 # {} 1 0x1p-3\n")]
    [InlineData("# TYPE a counter\na_total 1 1 # {id=\"a\"}  \n")]
    [InlineData("# TYPE a counter\na_total 1 1 # id=\"a\"} 1\n")]
    [InlineData("# TYPE a counter\na_total 1 1 #id=\" # \"} 1\n")]
    [InlineData("# TYPE a counter\na_total 1 1 id=\" # \"} 1\n")]
    [InlineData("# TYPE a histogram\na_bucket{a=\"1\",le=\"1\"} 0\na_bucket{a=\"2\",le=\"+Inf\"\"} 0\na_bucket{a=\"1\",le=\"+Inf\"} 0\n")]
    [InlineData("# TYPE nh histogram\nnh{} # {count:24\n")]
    public void A_text_is_rejected(string text) => Assert.Throws<FormatException>(() => EndpointMetrics.Parse(text + "# EOF\n"));
}
