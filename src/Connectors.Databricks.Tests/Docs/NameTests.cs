using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public partial class NameTests
{
    /// <summary>Pages about other programs, and pages of their time.</summary>
    private static IEnumerable<MarkdownFile> Pages => MarkdownFile.All.Where(page =>
        !page.Path.StartsWith("docs/decisions/", StringComparison.Ordinal)
        && page.Path is not ("CHANGELOG.md" or ServingReference.Path or ServingReference.AuthenticationPath));

    /// <summary>Names of MSBuild, of a plugin, of log categories, of packages that no project references, and of Python.</summary>
    private static readonly string[] Elsewhere =
    [
        "IsPackable", "NoWarn", "VersionPrefix", "DatabricksEndpoints", "ChatCompletionAgent", "LogicalHandler", "ClientHandler",
        "ChatDatabricks", "DatabricksEmbeddings", "UCFunctionToolkit", "VectorSearchRetrieverTool",
    ];

    [Fact]
    public void Every_type_and_member_that_a_page_names_exists() =>
        Rule.Holds(NameRules.NamesExist(Pages, new HashSet<string>([.. NameRules.KnownNames(), .. Elsewhere], StringComparer.Ordinal)));

    [Fact]
    public void Every_variable_that_a_page_names_is_read() => Rule.Holds(NameRules.VariablesAreRead(Pages, Variables));

    [Fact]
    public void Every_path_that_a_page_names_exists() => Rule.Holds(NameRules.PathsExist(Pages, [Repository.Root, .. Folders]));

    [Theory]
    [InlineData("`DatabricksServingOptions.Hosts`", "'DatabricksServingOptions.Hosts': nothing is named 'Hosts'.")]
    [InlineData("`DatabricksServingOptions.Port`", "DatabricksServingOptions has no member 'Port'.")]
    [InlineData("`new DatabricksClients(host)`", "'DatabricksClients': nothing is named 'DatabricksClients'.")]
    public void A_name_that_does_not_exist_is_named(string text, string complaint) =>
        Assert.Equal(
            [$"a.md:1: {complaint}"],
            NameRules.NamesExist(
                [new MarkdownFile("a.md", text)],
                new HashSet<string>(["DatabricksServingOptions", "Port", "List"], StringComparer.Ordinal)));

    [Fact]
    public void A_variable_that_nothing_reads_is_named() =>
        Assert.Equal(
            ["a.md:2: no code reads the variable 'DATABRICKS_NAME'."],
            NameRules.VariablesAreRead(
                [new MarkdownFile("a.md", "`DATABRICKS_HOST`\n`DATABRICKS_NAME=x`")],
                new HashSet<string>(["DATABRICKS_HOST"], StringComparer.Ordinal)));

    [Fact]
    public void A_path_that_does_not_exist_is_named() =>
        Assert.Equal(
            ["a.md:1: there is no 'docs/nowhere/'."],
            NameRules.PathsExist([new MarkdownFile("a.md", "`docs/nowhere/`, `docs/decisions/`, `llm/v1/chat`")], [Repository.Root]));

    private static IEnumerable<string> Folders =>
        new[] { "src", "samples", "benchmarks" }.SelectMany(folder => Directory.EnumerateDirectories(
            Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories));

    private static HashSet<string> Variables =>
        [.. Repository.Everything.SelectMany(file => Variable().Matches(file.Text)).Select(variable => variable.Value)];

    [GeneratedRegex("[A-Z_]{5,}")]
    private static partial Regex Variable();
}
