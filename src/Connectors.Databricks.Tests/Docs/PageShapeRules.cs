using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>Every page about a capability has the same parts, in which a reader finds the answer.</summary>
internal static class PageShapeRules
{
    public static IEnumerable<string> PagesHaveTheirParts(IEnumerable<MarkdownFile> pages) =>
        from page in pages
        from complaint in Complaints(page)
        select $"{page.Path}:1: {complaint}";

    private static IEnumerable<string> Complaints(MarkdownFile page)
    {
        var lines = page.Text.Split('\n');
        if (!lines[0].StartsWith("# ", StringComparison.Ordinal))
        {
            yield return "a page begins with its title.";
        }

        var paragraph = string.Join(' ', lines.Skip(2).TakeWhile(line => line.Length > 0));
        if (lines.Length < 3 || lines[1].Length > 0 || !char.IsLetter(paragraph.FirstOrDefault(char.IsLetter)) || !paragraph.EndsWith('.'))
        {
            yield return "a sentence follows the title.";
        }

        var sections = page.Text.Split("\n## ");
        if (!sections.Take(2).Any(section => section.Contains("\n```csharp\n", StringComparison.Ordinal)))
        {
            yield return "working code comes first.";
        }

        if (!MarkdownTable.In(page).Any())
        {
            yield return "a table lists the options.";
        }

        if (!sections.Any(section => section.StartsWith("Troubleshooting\n", StringComparison.Ordinal)))
        {
            yield return "a section is called Troubleshooting.";
        }
    }
}
