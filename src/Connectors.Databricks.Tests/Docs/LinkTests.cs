using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class LinkTests
{
    [Fact]
    public void Every_link_in_the_documentation_leads_somewhere() => Rule.Holds(LinkRules.LinksLeadSomewhere(MarkdownFile.All));

    [Fact]
    public void A_link_to_a_missing_file_is_named() =>
        Assert.Equal(
            ["docs/page.md:2: the link leads to 'docs/nowhere.md', which does not exist."],
            Complaints("# Page\nSee [there](nowhere.md).\n"));

    [Fact]
    public void A_link_to_a_missing_heading_is_named() =>
        Assert.Equal(["docs/page.md:1: 'docs/page.md' has no heading for '#end'."], Complaints("[the end](#end)\n\n## Not the end\n"));

    [Theory]
    [InlineData("[up](../README.md)")]
    [InlineData("[here](#the-n--1-case)\n\n## The `n > 1` case\n")]
    [InlineData("[far](https://example.com/nowhere.md)")]
    [InlineData("`[code](nowhere.md)`")]
    [InlineData("```\n[code](nowhere.md)\n```\n")]
    public void A_link_that_leads_somewhere_is_left_alone(string text) => Assert.Empty(Complaints(text));

    private static IEnumerable<string> Complaints(string text) => LinkRules.LinksLeadSomewhere([new MarkdownFile("docs/page.md", text)]);
}
