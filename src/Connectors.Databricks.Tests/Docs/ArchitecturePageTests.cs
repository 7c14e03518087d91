using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/architecture.md lists the layers that the rules hold.</summary>
public partial class ArchitecturePageTests
{
    [Fact]
    public void The_page_lists_every_folder_in_its_layer()
    {
        var page = MarkdownFile.All.Single(page => page.Path == "docs/architecture.md");
        var listed =
            from row in MarkdownTable.In(page).Single(table => table.Heading == "Layers").Rows
            from Match folder in Folder().Matches(row.Cells[1])
            select $"{row.Cells[0][0]} {folder.Groups[1].Value}";
        var existing =
            from layer in LayerRules.Layers
            where Directory.Exists(Path.Combine(Repository.Root, "src/Connectors.Databricks", layer.Key))
            select $"{layer.Value} {layer.Key}";

        Assert.Equal(existing.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`(\w+)/`")]
    private static partial Regex Folder();
}
