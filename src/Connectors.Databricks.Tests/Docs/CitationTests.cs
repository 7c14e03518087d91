using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class CitationTests
{
    private static readonly ServingReference Known = new("""
        ## 3. Requests
        ### 3.7 Families
        ## Appendix B. Errors
        | [kasal] | measured |
        | [okf:…] | pages |
        | [issue owner/repo#n] | https://github.com/owner/repo/issues/1 , /pull/2 |
        """);

    private static IEnumerable<SourceFile> Sources => [.. Repository.SourcesOf("src"), .. Repository.SourcesOf("benchmarks")];

    private static readonly ServingReference KnownLogins = new("### 6.5 Entra", ServingReference.AuthenticationPath);

    private static ServingReference Page => At(ServingReference.Path);

    private static ServingReference Logins => At(ServingReference.AuthenticationPath);

    private static ServingReference At(string path) => new(MarkdownFile.All.Single(page => page.Path == path).Text, path);

    [Fact]
    public void Every_section_and_source_that_a_comment_cites_is_in_the_serving_reference() =>
        Rule.Holds(CitationRules.CommentsCiteWhatIsThere(Sources, Page, Logins));

    [Fact]
    public void Every_section_and_source_that_a_page_cites_is_in_the_serving_reference() =>
        Rule.Holds(CitationRules.PagesCiteWhatIsThere(
            MarkdownFile.All.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal)), Page, Logins));

    [Fact]
    public void Every_source_of_the_table_of_models_is_in_the_serving_reference() =>
        Rule.Holds(CitationRules.PagesCiteWhatIsThere(
            Tables.Select(table => new MarkdownFile(table.Path, string.Join('\n', table.Lines.Select(SourceMember)))), Page, Logins));

    [Fact]
    public void No_source_is_cited_by_a_number() =>
        Rule.Holds(CitationRules.NothingIsCitedByNumber(
            [.. Repository.Everything, .. Tables, .. MarkdownFile.All.Select(page => new SourceFile(page.Path, page.Text))]));

    [Fact]
    public void A_citation_by_number_is_named() =>
        Assert.Equal(
            [$"A.cs:2: '{Number}' is no public name: cite a thread, a page or a repository."],
            CitationRules.NothingIsCitedByNumber([new SourceFile("A.cs", $"// [kasal]\n// {Number}\n")]));

    [Theory]
    [InlineData("It is so [" + "id\n17].")]
    [InlineData("    /// It is so [" + "id\n    /// 17].")]
    public void A_citation_by_number_is_named_across_lines(string text) => Assert.Equal(
        ["A.md:1: '[" + "id 17]' is no public name: cite a thread, a page or a repository."],
        CitationRules.NothingIsCitedByNumber([new SourceFile("A.md", text)]));

    [Theory]
    [InlineData("serving reference §3.8", "has no section '3.8'.")]
    [InlineData("§4", "has no section '4'.")]
    [InlineData("appendix C", "has no section 'C'.")]
    [InlineData("[unknown]", "names no source '[unknown]'.")]
    [InlineData("[docs:page]", "names no source '[docs:page]'.")]
    [InlineData("[issue repo#3]", "names no source '[issue repo#3]'.")]
    [InlineData("[issue other#1]", "names no source '[issue other#1]'.")]
    public void A_citation_of_what_is_not_there_is_named(string citation, string complaint)
    {
        Assert.Equal([$"A.cs:2: docs/serving-reference.md {complaint}"], InComment($"\nvar a = \"b\"; // {citation}"));
        Assert.Equal([$"docs/a.md:2: docs/serving-reference.md {complaint}"], InPage($"\nSo it is {citation}."));
    }

    [Theory]
    [InlineData("§3, §3.7, appendix B, [kasal] [okf:page] [issue repo#1] [issue owner/repo#2]")]
    [InlineData("authentication reference §6.5, and RFC 6749 §2.3.1")]
    [InlineData("items[i], [DONE] and [a link](https://example.com)")]
    public void A_citation_of_what_is_there_is_left_alone(string text)
    {
        Assert.Empty(InComment($"/// <summary>{text}</summary>"));
        Assert.Empty(InPage(text));
    }

    [Fact]
    public void A_citation_of_a_log_in_that_is_not_there_is_named() =>
        Assert.Equal(
            ["A.cs:1: docs/authentication-reference.md has no section '6.6'."], InComment("// authentication reference §6.5 and §6.6"));

    [Fact]
    public void A_string_cites_nothing() => Assert.Empty(InComment("var a = \"// §9.9 [unknown]\";"));

    [Fact]
    public void Code_on_a_page_cites_nothing() =>
        Assert.Equal(
            ["docs/a.md:4: docs/serving-reference.md names no source '[unknown]'."],
            InPage("```csharp\nTools = [tool];\n```\n[unknown]"));

    private static string Number => $"[{"id"} 43]";

    private static IEnumerable<SourceFile> Tables =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "models.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(Repository.Read);

    // The value of "source" on a line; empty on any other.
    private static string SourceMember(string line) =>
        line.IndexOf("\"source\":", StringComparison.Ordinal) is >= 0 and var start ? line[start..] : "";

    private static IEnumerable<string> InComment(string line) =>
        CitationRules.CommentsCiteWhatIsThere([new SourceFile("A.cs", line)], Known, KnownLogins);

    private static IEnumerable<string> InPage(string text) =>
        CitationRules.PagesCiteWhatIsThere([new MarkdownFile("docs/a.md", text)], Known, KnownLogins);
}
