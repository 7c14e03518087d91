using Connectors.Databricks.Tests.Docs;

namespace Connectors.Databricks.Tests.Architecture;

public class LineLengthTests
{
    private const string Path = "src/Connectors.Databricks/Chat/A.cs";

    [Fact]
    public void No_line_of_code_is_longer_than_140_characters() =>
        Rule.Holds(LineLengthRules.LinesFit(Repository.Everything));

    [Fact]
    public void No_line_of_a_page_is_longer_than_140_characters() =>
        Rule.Holds(LineLengthRules.LinesOfPagesFit(MarkdownFile.All.Select(page => new SourceFile(page.Path, page.Text))));

    [Fact]
    public void A_long_line_is_named() =>
        Assert.Equal(
            [$"{Path}:2: 141 characters; break a line at 140."],
            LineLengthRules.LinesFit([new SourceFile(Path, $"// {Some(137)}\n// {Some(138)}\n")]));

    [Fact]
    public void Wire_documents_may_be_longer()
    {
        const string Quotes = "\"\"\"";
        var text = $"var a = {Quotes}\n    {Some(200)}\n    {Quotes};\n    Add({Quotes}{Some(200)}{Quotes}, \"a\");\n";

        Assert.Empty(LineLengthRules.LinesFit([new SourceFile(Path, text)]));
    }

    [Fact]
    public void Code_next_to_a_wire_document_may_not_be_longer()
    {
        const string Quotes = "\"\"\"";

        Assert.Equal(
            [$"{Path}:1: 160 characters; break a line at 140."],
            LineLengthRules.LinesFit([new SourceFile(Path, $"{Some(52)}{Quotes}{Some(102)}{Quotes}")]));
    }

    [Fact]
    public void A_long_line_of_a_page_is_named() =>
        Assert.Equal(
            ["docs/a.md:1: 141 characters; break a line at 140."],
            LineLengthRules.LinesOfPagesFit([new SourceFile("docs/a.md", $"a {Some(139)}\n| {Some(150)} |\n- [a]({Some(150)})\n")]));

    private static string Some(int length) => new('a', length);
}
