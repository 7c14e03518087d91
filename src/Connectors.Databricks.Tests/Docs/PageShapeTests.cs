using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class PageShapeTests
{
    /// <summary>Pages about the repository and collections of facts and advice, which have no usage.</summary>
    private static readonly string[] References =
    [
        "docs/README.md", "docs/architecture.md", "docs/compatibility.md", "docs/cost.md", "docs/experimental.md", "docs/migration.md",
        "docs/troubleshooting.md", ServingReference.Path, ServingReference.AuthenticationPath,
    ];

    [Fact]
    public void Every_page_about_a_capability_has_its_parts() =>
        Rule.Holds(PageShapeRules.PagesHaveTheirParts(MarkdownFile.All.Where(page =>
            page.Path.StartsWith("docs/", StringComparison.Ordinal) && page.Path.Count('/'.Equals) == 1
                && !References.Contains(page.Path))));

    [Fact]
    public void A_page_with_its_parts_is_accepted() =>
        Assert.Empty(Complaints(
            "# Chat\n\nIt chats.\n\n```csharp\nawait Chat();\n```\n\n| Option |\n|---|\n| `A` |\n\n## Troubleshooting\n\nNone.\n"));

    [Fact]
    public void A_missing_part_is_named() =>
        Assert.Equal(
            [
                "docs/a.md:1: a page begins with its title.", "docs/a.md:1: a sentence follows the title.",
                "docs/a.md:1: working code comes first.", "docs/a.md:1: a table lists the options.",
                "docs/a.md:1: a section is called Troubleshooting.",
            ],
            Complaints("Chat\n"));

    private static IEnumerable<string> Complaints(string text) => PageShapeRules.PagesHaveTheirParts([new MarkdownFile("docs/a.md", text)]);
}
