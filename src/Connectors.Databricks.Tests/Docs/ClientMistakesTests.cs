using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The table of known mistakes in docs/emulator.md has the runs of packaging/javascript/mistakes.mjs, one for one.</summary>
public partial class ClientMistakesTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == "docs/emulator.md");

    [Fact]
    public void Each_mistake_of_the_page_is_run_and_each_run_is_on_the_page()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "packaging", "javascript", "mistakes.mjs"));
        var runs = Run().Matches(script)
            .Select(run => string.Join(" | ", run.Groups["client"], run.Groups["mistake"], run.Groups["text"], run.Groups["source"]));

        Assert.Equal(Rows().Select(row => string.Join(" | ", row.Select(cell => cell.Trim('`')))), runs);
    }

    [Fact]
    public void Each_client_has_a_mistake_of_its_own() => Assert.Equal(
        ["openai", "@databricks/ai-sdk-provider", "ai", "@langchain/openai"], Rows().Select(row => row[0].Trim('`')).Distinct());

    private static IEnumerable<string[]> Rows() =>
        MarkdownTable.In(Page).Where(table => table.Heading == "Known mistakes of clients").SelectMany(table => table.Rows)
            .Select(row => row.Cells);

    [GeneratedRegex("""known\('(?<client>[^']*)', '(?<mistake>[^']*)',\s*(?:'(?<text>[^']*)'|"(?<text>[^"]*)"),\s*'(?<source>[^']*)'""")]
    private static partial Regex Run();
}
