namespace Connectors.Databricks.Tests.Docs;

/// <summary>One table of a page.</summary>
/// <param name="Page">The path of the page.</param>
/// <param name="Heading">The text of the heading above it.</param>
/// <param name="Header">The cells of its first row.</param>
/// <param name="Rows">Its other rows, each with its line.</param>
internal sealed record MarkdownTable(string Page, string Heading, string[] Header, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    public static IEnumerable<MarkdownTable> In(MarkdownFile page)
    {
        var lines = page.Text.Split('\n');
        var heading = "";
        var isFence = false;
        for (var i = 0; i < lines.Length; i++)
        {
            isFence ^= lines[i].StartsWith("```", StringComparison.Ordinal);
            if (!isFence && lines[i].StartsWith('#'))
            {
                heading = lines[i].TrimStart('#').Trim();
            }
            else if (!isFence && lines[i].StartsWith('|') && i + 1 < lines.Length
                && lines[i + 1].StartsWith("|--", StringComparison.Ordinal))
            {
                var header = Cells(lines[i]);
                var rows = new List<(int, string[])>();
                for (i += 2; i < lines.Length && lines[i].StartsWith('|'); i++)
                {
                    rows.Add((i + 1, Cells(lines[i])));
                }

                yield return new MarkdownTable(page.Path, heading, header, rows);
            }
        }
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
