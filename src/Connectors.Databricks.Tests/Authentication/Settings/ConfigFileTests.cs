using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>The syntax of the configuration file (authentication reference §4.1).</summary>
public class ConfigFileTests
{
    [Theory]
    [InlineData("token = abc", "abc")]
    [InlineData("token=abc", "abc")]
    [InlineData("  token   =   abc  \t", "abc")]
    [InlineData("token: abc", "abc")]
    [InlineData("token = https://x:8443/?o=1", "https://x:8443/?o=1")]
    [InlineData("token = a=b", "a=b")]
    [InlineData("token =", "")]
    [InlineData("token = \"a b\"", "a b")]
    [InlineData("token = 'a b'", "a b")]
    [InlineData("token = \"a # b\"", "a # b")]
    [InlineData("token = \"a\" # remark", "a")]
    [InlineData("token = 'a' ; remark", "a")]
    [InlineData("token = \"\"", "")]
    [InlineData("token = \"it's\"", "it's")]
    [InlineData("token = 'a\"", "'a\"")]
    [InlineData("token = \"a", "\"a")]
    [InlineData("token = \"", "\"")]
    [InlineData("token = a\"b\"", "a\"b\"")]
    [InlineData("token = pa#ss", "pa#ss")]
    [InlineData("token = pa;ss", "pa;ss")]
    [InlineData("token = pass # remark", "pass")]
    [InlineData("token = pass   # remark # more", "pass")]
    [InlineData("token = pass ; remark", "pass")]
    [InlineData("token=#pass", "#pass")]
    [InlineData("token = #pass", "#pass")]
    [InlineData("token = 100%s", "100%s")]
    [InlineData("token = %(host)s ${HOME}", "%(host)s ${HOME}")]
    [InlineData("token = a\\", "a\\")]
    public void A_value_is_read_as_the_Go_SDK_reads_it(string line, string expected) => Assert.Equal(
        new Dictionary<string, Dictionary<string, string>> { ["p"] = new() { ["token"] = expected } }, ConfigFile.Parse($"[p]\n{line}"));

    [Theory]
    [InlineData("# token = other")]
    [InlineData("; token = other")]
    [InlineData("   # token = other")]
    [InlineData("")]
    [InlineData("   \t")]
    public void Remarks_and_empty_lines_are_nothing(string line) => Assert.Equal(
        new Dictionary<string, Dictionary<string, string>> { ["p"] = new() { ["token"] = "t" } },
        ConfigFile.Parse($"{line}\n[p]\n{line}\ntoken=t\n{line}"));

    [Theory]
    [InlineData("[p]", "p")]
    [InlineData("  [p]  # remark", "p")]
    [InlineData("[ p ]", "p")]
    [InlineData("[my.team-profile]", "my.team-profile")]
    [InlineData("[My Profile]", "My Profile")]
    [InlineData("[__settings__]", "__settings__")]
    public void A_section_is_named_by_what_its_brackets_hold(string line, string name) =>
        Assert.Equal([name], ConfigFile.Parse($"{line}\ntoken=t").Keys);

    [Fact]
    public void Sections_and_keys_are_told_apart_by_letter_case() => Assert.Equal(
        new Dictionary<string, Dictionary<string,
        string>> { ["p"] = new() { ["token"] = "a", ["Token"] = "b" }, ["P"] = new() { ["token"] = "c" } },
        ConfigFile.Parse("[p]\ntoken=a\nToken=b\n[P]\ntoken=c"));

    [Fact]
    public void A_section_that_comes_twice_is_one_and_the_last_of_two_equal_keys_counts() => Assert.Equal(
        new Dictionary<string, Dictionary<string, string>> { ["p"] = new() { ["host"] = "h", ["token"] = "b" }, ["q"] = [] },
        ConfigFile.Parse("[p]\nhost=h\ntoken=a\n[q]\n[p]\ntoken=b"));

    [Fact]
    public void Keys_before_the_first_section_belong_to_DEFAULT() => Assert.Equal(
        new Dictionary<string, Dictionary<string, string>> { ["DEFAULT"] = new() { ["host"] = "h", ["token"] = "t" } },
        ConfigFile.Parse("host=h\n[DEFAULT]\ntoken=t"));

    [Theory]
    [InlineData("[p]\r\nhost=h\r\ntoken=t\r\n")]
    [InlineData("[p]\nhost=h\ntoken=t")]
    [InlineData("\uFEFF[p]\nhost=h\ntoken=t\n\n")]
    public void Line_ends_and_a_byte_order_mark_do_not_matter(string text) => Assert.Equal(
        new Dictionary<string, Dictionary<string, string>> { ["p"] = new() { ["host"] = "h", ["token"] = "t" } }, ConfigFile.Parse(text));

    [Theory]
    [InlineData("[p]\ndapi-secret", "line 2 is neither [section] nor key = value")]
    [InlineData("[p]\n\n= dapi-secret", "line 3 is neither [section] nor key = value")]
    [InlineData("[p\ntoken=t", "line 1 opens a section and does not close it")]
    public void A_line_that_cannot_be_read_is_named_by_its_number_alone(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ConfigFile.Parse(text)).Message);

    [Fact]
    public void An_empty_file_has_no_section() => Assert.Empty(ConfigFile.Parse(""));
}
