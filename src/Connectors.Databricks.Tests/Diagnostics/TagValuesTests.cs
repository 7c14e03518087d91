using System.Diagnostics;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>Values of tags: bounded in measurements, single-line and redacted in activities.</summary>
public class TagValuesTests
{
    [Fact]
    public void Distinct_names_beyond_the_capacity_are_other()
    {
        var names = new BoundedNames(2);

        Assert.Equal(["a", "b", "_OTHER", "a", "b", "_OTHER"], new[] { "a", "b", "c", "a", "b", "d" }.Select(names.Get));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("dapi0123456789abcdef0123456789abcdef")]
    public void A_name_that_no_endpoint_has_is_other(string name) => Assert.Equal("_OTHER", new BoundedNames(2).Get(name));

    [Fact]
    public void A_long_name_is_other() => Assert.Equal("_OTHER", new BoundedNames(2).Get(new string('x', 256)));

    [Theory]
    [InlineData("RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED")]
    [InlineData("resource_exhausted", "_OTHER")]
    [InlineData("X\r\nwarn: forged", "_OTHER")]
    public void An_error_code_that_is_not_documented_is_other(string code, string expected) =>
        Assert.Equal(expected, KnownErrorCodes.OrOther(code));

    [Fact]
    public void A_text_of_an_activity_is_single_line_and_redacted()
    {
        using var activity = new Activity("a");

        activity.SetText("text", "x\r\n canary-secret \u202Ey", new Redaction(["canary-secret"])).SetNumber("number", 7);

        Assert.Equal([new("text", @"x\u000D\u000A *** \u202Ey"), new("number", 7)], activity.TagObjects.ToDictionary());
    }
}
