using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class ModelsPageTests
{
    private const string Page = "docs/models.md";

    /// <summary>Run with APPROVE_MODELS_PAGE=1 to rewrite the table.</summary>
    [Fact]
    public void The_table_of_models_is_the_one_that_the_connector_uses()
    {
        var path = Path.Combine(Repository.Root, Page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var start = text.IndexOf(ModelsTable.Start, StringComparison.Ordinal) + ModelsTable.Start.Length;
        var end = text.IndexOf(ModelsTable.End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("APPROVE_MODELS_PAGE") == "1")
        {
            File.WriteAllText(path, $"{text[..start]}{ModelsTable.Text}{text[end..]}");
            return;
        }

        Assert.Equal(ModelsTable.Text, text[start..end], ignoreLineEndingDifferences: true);
    }
}
