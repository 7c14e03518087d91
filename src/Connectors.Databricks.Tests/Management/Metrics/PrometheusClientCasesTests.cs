using System.Globalization;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>The inputs that the parsers of the Python client of Prometheus are tested with, and what is read of each.</summary>
public class PrometheusClientCasesTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "# TYPE a counter\n# HELP a help\na 1\n", "a counter 'help' a{}=1" },
        { "# TYPE a counter\n# HELP a help\na_total 1\n# EOF\n", "a counter 'help' a_total{}=1" },
        { "# TYPE a gauge\n# HELP a help\na 1\n", "a gauge 'help' a{}=1" },
        { "# TYPE a summary\n# HELP a help\na_count 1\na_sum 2\n", "a summary 'help' a_count{}=1 a_sum{}=2" },
        {
            "# TYPE a summary\n# HELP a help\na_count 1\na_sum 2\na{quantile=\"0.5\"} 0.7\n",
            "a summary 'help' a_count{}=1 a_sum{}=2 a{quantile=0.5}=0.7"
        },
        {
            "# TYPE a histogram\n# HELP a help\na_bucket{le=\"1\"} 0\na_bucket{le=\"+Inf\"} 3\na_count 3\na_sum 2\n",
            "a histogram 'help' a_bucket{le=1}=0 a_bucket{le=+Inf}=3 a_count{}=3 a_sum{}=2"
        },
        { "# HELP a help\n# TYPE a untyped\na 1\n", "a unknown 'help' a{}=1" },
        { "# TYPE a info\n# HELP a help\na_info{foo=\"bar\"} 1\n# EOF\n", "a info 'help' a_info{foo=bar}=1" },
        { "# TYPE a stateset\n# HELP a help\na{a=\"bar\"} 0\na{a=\"foo\"} 1.0\n# EOF\n", "a stateset 'help' a{a=bar}=0 a{a=foo}=1" },
        { "# TYPE a unknown\na 1\n# EOF\n", "a unknown '' a{}=1" },
        { "# HELP a help\n\na 1\n", "a unknown 'help' a{}=1" },
        { "#\tTYPE\ta\tcounter\n#\tHELP\ta\thelp\na\t1\n", "a counter 'help' a{}=1" },
        { "# TYPE a counter\n# HELP a\na 1\n", "a counter '' a{}=1" },
        { " # HELP  a  help \n # TYPE  a  counter \na  1\n", "a counter 'help' a{}=1" },
        { "a{foo=\"bar\"} +Inf\n", "a unknown '' a{foo=bar}=Infinity" },
        { "a{ foo = \"bar\" , } 5\n", "a unknown '' a{foo=bar}=5" },
        { "a{foo=\"b,a}r\",b=\"c\"} 1\n", "a unknown '' a{foo=b,a}r,b=c}=1" },
        { "a{foo=\"\"} 1\n", "a unknown '' a{foo=}=1" },
        { "a{foo=\"b\\\\a\\\"\\n\"} 1\n", "a unknown '' a{foo=b\\a\"\n}=1" },
        { "# HELP a he\\n\\\\l\\tp\na 1\n", "a unknown 'he\n\\l\\tp' a{}=1" },
        { "a NaN\n", "a unknown '' a{}=NaN" },
        { "a{} 1 1000\nb 2 -1\n", "a unknown '' a{}=1@1000 | b unknown '' b{}=2@-1" },
        { "{\"a.b\"} 1\n", "a.b unknown '' a.b{}=1" },
        { "{\"a b\",foo=\"bar\"} 1\n", "a b unknown '' a b{foo=bar}=1" },
        { "# TYPE \"a.b\" gauge\n# HELP \"a.b\" help\n{\"a.b\"} 1\n", "a.b gauge 'help' a.b{}=1" },
        { "a{\"foo.bar\"=\"baz\"} 1\n", "a unknown '' a{foo.bar=baz}=1" },
        { "\n# TYPE a counter\n# FOO a\n# BAR b\n# HELP a help\n\na 1\n", "a counter 'help' a{}=1" },
        { "# A simple. comment line\n# 3565 12345/4436467 another\n", "" },
        { "# TYPE a counter\na{foo=\"bar\", bar=\"b{a}z\"} 1\n", "a counter '' a{foo=bar,bar=b{a}z}=1" },
        { "a{foo=\"bar\"} +Inf\na{foo=\"baz\"} -Inf\n", "a unknown '' a{foo=bar}=Infinity a{foo=baz}=-Infinity" },
        { "a\t\t{\t\tfoo\t\t=\t\t\"baz\"\t\t}\t\t2\n", "a unknown '' a{foo=baz}=2" },
        { "a   {    foo   =  \"buz\"   }    3\na{foo=\"bez\"}6\n", "a unknown '' a{foo=buz}=3 a{foo=bez}=6" },
        { "a{foo=\"\\foo\",b=\"\\\\foo\",c=\"foo\\\\\",d=\"\\\\n\"} 1\n", "a unknown '' a{foo=\\foo,b=\\foo,c=foo\\,d=\\n}=1" },
        {
            "a 0000.5\nb 1e6\nc 18446744073709551615\n",
            "a unknown '' a{}=0.5 | b unknown '' b{}=1000000 | c unknown '' c{}=1.8446744073709552E+19"
        },
        { "a{foo=\"foo # bar\"} 1\n# EOF\n", "a unknown '' a{foo=foo # bar}=1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_read(string text, string expected) =>
        Assert.Equal(expected, string.Join(" | ", EndpointMetrics.Parse(text).Families.Select(Shown)));

    [Theory]
    [InlineData("a{foo='bar'} 1\n")]
    [InlineData("a{foo=bar} 1\n")]
    [InlineData("a{foo=\"bar\" 1\n")]
    [InlineData("a{foo\"bar\"} 1\n")]
    [InlineData("a{foo=\"bar\",foo=\"baz\"} 1\n")]
    [InlineData("a\n")]
    [InlineData("a abc\n")]
    [InlineData("a 1 abc\n")]
    [InlineData("a 1 2 3\n")]
    [InlineData("{} 1\n")]
    [InlineData("a{foo=\"bar\",, } 1\n")]
    [InlineData("a{a=\"1} 1\n")]
    [InlineData("a{a} 1\n")]
    [InlineData("a{a=} 1\n")]
    [InlineData("a{a=\"1\"b=\"2\"} 1\n")]
    [InlineData("a{a=\"1\",,b=\"2\"} 1\n")]
    [InlineData("a 1_2\n")]
    [InlineData("a 0x1p-3\n")]
    [InlineData("a 0b1\n")]
    [InlineData("a 0x1\n")]
    [InlineData("a 0o1\n")]
    [InlineData("a 1 1z\n")]
    [InlineData("a 1 1_2\n")]
    [InlineData("a 1 1.1.1\n")]
    [InlineData("\"a\" 1\n")]
    [InlineData("0a 1\n")]
    public void A_text_is_rejected(string text) => Assert.Throws<FormatException>(() => EndpointMetrics.Parse(text));

    private static string Shown(MetricFamily family) =>
        $"{family.Name} {family.Type} '{family.Help}' {string.Join(' ', family.Samples.Select(Shown))}";

    private static string Shown(MetricSample sample)
    {
        var labels = string.Join(',', sample.Labels.Select(label => $"{label.Key}={label.Value}"));
        var time = sample.Timestamp is { } timestamp ? $"@{timestamp.ToUnixTimeMilliseconds()}" : "";
        return $"{sample.Name}{{{labels}}}={sample.Value.ToString(CultureInfo.InvariantCulture)}{time}";
    }
}
