using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The table of rejections by host in the serving reference is what the connector understands.</summary>
public class RejectionTableTests
{
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, "docs/serving-reference.md")).ReplaceLineEndings("\n");
            var start = text.IndexOf("### 3.10 ", StringComparison.Ordinal);
            var rows = new TheoryData<string, string, string>();
            foreach (var cells in text[start..text.IndexOf("\n## ", start, StringComparison.Ordinal)].Split('\n')
                .Where(line => line.StartsWith('|') && line.Contains('`', StringComparison.Ordinal)).Select(line => line.Split(" | ")))
            {
                rows.Add(cells[0].Trim('|', ' '), cells[1].Trim('`', ' '), cells[2].Trim());
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_covers_every_host() => Assert.Equal(
        ["AI Studio", "Anthropic", "Azure", "Bedrock", "Databricks", "OpenAI", "Vertex"],
        Rows.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_message_of_the_table_yields_its_correction(string host, string message, string correction)
    {
        Assert.NotEmpty(host);
        var parsed = CorrectionParser.Parse(message);

        Assert.Equal(correction, parsed is null ? "none" : $"{parsed.Field} {parsed.Change}");
    }
}
