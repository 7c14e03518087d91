using System.Reflection;
using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;
using Microsoft.Extensions.AI;
using Xunit.Abstractions;
using StockClient = OpenAI.OpenAIClient;

namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>
/// Runs both clients on every row of the table in docs/migration.md, prints it, and compares it with the page and with README.
/// </summary>
public partial class ClientTableTests(ITestOutputHelper output)
{
    private const string Header = "| On Databricks | The OpenAI client | This one |\n|---|---|---|\n";

    private static readonly string Versions =
        $"Microsoft.Extensions.AI.OpenAI {VersionOf(typeof(OpenAIClientExtensions))} and OpenAI {VersionOf(typeof(StockClient))}";

    [Fact]
    public async Task The_tables_hold()
    {
        foreach (var row in ClientRows.All)
        {
            foreach (var one in row.Cases)
            {
                var (openAI, databricks) = await one.RunAsync();
                row.OpenAI(openAI);
                row.Databricks(databricks);
            }
        }

        output.WriteLine($"{Versions}:\n\n{Table(ClientRows.All)}");
    }

    [Fact]
    public void The_page_of_migration_has_this_table_and_these_versions()
    {
        var page = Repository.Read("docs/migration.md").Text;

        Assert.Contains($"\n{Table(ClientRows.All)}\n", page, StringComparison.Ordinal);
        Assert.Contains(Versions, Spaces().Replace(page, " "), StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_has_the_three_worst_rows() =>
        Assert.Contains(
            $"\n{Table(ClientRows.All.Where(row => row.IsInReadme).Take(3))}\n",
            Repository.Read("README.md").Text,
            StringComparison.Ordinal);

    private static string Table(IEnumerable<ClientRow> rows) => Header + string.Concat(rows.Select(row => $"{row}\n"));

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
