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
        {
            "# TYPE \"m.c{} # = \\\" \\n\" counter\n# HELP \"m.c{} # = \\\" \\n\" help\n"
                + "{\"m.c{} # = \\\" \\n\", \"awful. }}{{ # HELP EOF name\"=\"\\n yikes } \\\" value\"} 1\n",
            "m.c{} # = \" \n counter 'help' m.c{} # = \" \n{awful. }}{{ # HELP EOF name=\n yikes } \" value}=1"
        },
        { "#\tTYPE\t\"a b\"\tgauge\n#  HELP  \"a b\"  help \n{\"a b\"} 1\n", "a b gauge 'help' a b{}=1" },
        { "# TYPE \"a # EOF\" summary\n{\"a # EOF_sum\"} 2\n", "a # EOF summary '' a # EOF_sum{}=2" },
        { "# HELP \"a.b\"\n{\"a.b\"} 1\n", "a.b unknown '' a.b{}=1" },
        { "a{foo=\"bar\",} 1\na{foo=\"baz\",  } 1\n", "a unknown '' a{foo=bar}=1 a{foo=baz}=1" },
        { "b{,} 2\nc{  ,} 3\nd{,  } 4\n", "b unknown '' b{}=2 | c unknown '' c{}=3 | d unknown '' d{}=4" },
        { "a{,foo=\"bar\"} 1\n", "a unknown '' a{foo=bar}=1" },
        { "a{foo=\"bar\"} 1\t000\nb 88   1234566000   \n", "a unknown '' a{foo=bar}=1@0 | b unknown '' b{}=88@1234566000" },
        { "a\t {  \t foo\t = \"biz\"\t  } \t 4\na \t{\t foo   = \"boz\"\t}\t 5\n", "a unknown '' a{foo=biz}=4 a{foo=boz}=5" },
        { "a 0000000000000000000000000000000000000000001.2e-1\n", "a unknown '' a{}=0.12" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_read(string text, string expected) =>
        Assert.Equal(expected, MetricsText.Of(EndpointMetrics.Parse(text)));

    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("\\foo", "\\foo")]
    [InlineData("\\\\foo", "\\foo")]
    [InlineData("foo\\", "foo\\")]
    [InlineData("foo\\\\", "foo\\")]
    [InlineData("\\n", "\n")]
    [InlineData("\\\\n", "\\n")]
    [InlineData("\\\\\\n", "\\\n")]
    [InlineData("\\\"", "\\\"")]
    [InlineData("\\\\\"", "\\\"")]
    [InlineData("\\\\\\\"", "\\\\\"")]
    public void A_help_text_is_unescaped_without_its_quotes(string escaped, string expected) =>
        Assert.Equal(expected, EndpointMetrics.Parse($"# HELP a {escaped}\na 1\n").Find("a")!.Help);

    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("\\foo", "\\foo")]
    [InlineData("\\\\foo", "\\foo")]
    [InlineData("foo\\\\", "foo\\")]
    [InlineData("\\\\", "\\")]
    [InlineData("\\n", "\n")]
    [InlineData("\\\\n", "\\n")]
    [InlineData("\\\\\\n", "\\\n")]
    [InlineData("\\\"", "\"")]
    [InlineData("\\\\\\\"", "\\\"")]
    public void A_label_is_unescaped(string escaped, string expected) => Assert.Equal(
        expected, EndpointMetrics.Parse($"a{{foo=\"{escaped}\",bar=\"baz\"}} 1\n").Find("a")!.Samples[0].Labels["foo"]);

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
    [InlineData("a-b 1\n")]
    [InlineData("a{\"a} 1\n")]
    [InlineData("a{\"b\"} 1\n")]
    [InlineData("{\"a\",\"b\"} 1\n")]
    [InlineData("a{a=\"} 1\n")]
    [InlineData("a{1=\"1\"} 1\n")]
    [InlineData("a{,,} 1\n")]
    [InlineData("# TYPE \"a gauge\n")]
    [InlineData("# HELP \"a\\\" help\n")]
    [InlineData("# TYPE \"a\"b gauge\n")]
    public void A_text_is_rejected(string text) => Assert.Throws<FormatException>(() => EndpointMetrics.Parse(text));
}
