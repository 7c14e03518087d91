using System.Reflection;
using System.Text.RegularExpressions;
using Connectors.Databricks.Management;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/serving-reference.md has the values, headers and metrics of the code, and its rules of retries.</summary>
public partial class ServingReferenceTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == ServingReference.Path);

    [Fact]
    public void The_page_has_the_workload_sizes_and_types() => Assert.Equal(
        [.. Values<WorkloadSize>(), .. Values<WorkloadType>()],
        Codes(Sentence("`workload_size` is")).Except(["workload_size", "workload_type"]));

    [Fact]
    public void The_page_has_the_levels_of_permissions() =>
        Assert.Equal(Values<EndpointPermissionLevel>(), Codes(Sentence("levels are")));

    [Fact]
    public void The_page_has_the_providers_of_external_models() => Assert.Equal(
        Values<ExternalModelProvider>().Order(StringComparer.Ordinal),
        Codes(Page.Text.Split("one member for the provider:")[1].Split(". ")[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_has_the_states_of_an_update() => Assert.All(
        Values<ConfigUpdateState>(), value => Assert.Contains(value, Row("`state`"), StringComparison.Ordinal));

    [Fact]
    public void The_page_has_the_tasks() => Assert.Equal(
        Values<EndpointTask>(), Rows("8.1 Tasks").SelectMany(row => Codes(row[0])));

    [Fact]
    public void The_page_has_the_metrics() => Assert.All(
        typeof(EndpointMetricNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!),
        name => Assert.Contains($"`{name}`", Section("### 9.10 "), StringComparison.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_request_id_is_read_from_the_headers_of_the_page_in_order(int first)
    {
        var names = Codes(Rows("1.4 Response headers").Select(row => row[0]).Single(
            cell => cell.Contains("request-id`,", StringComparison.Ordinal))).ToList();
        using var response = new HttpResponseMessage();
        for (var i = names.Count - 1; i >= first; i--)
        {
            response.Headers.Add(names[i], $"id-{i}");
        }

        Assert.Equal($"id-{first}", ReplyHeaders.RequestId(response.Headers));
    }

    private static IEnumerable<string> Values<T>() =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => $"{property.GetValue(null)}");

    [Fact]
    public void The_page_has_the_rules_of_retries()
    {
        var rules = Section("### 10.7 ").ReplaceLineEndings(" ");

        Assert.Contains("connection failures, 408, 429, 502 and 503, with full jitter", rules, StringComparison.Ordinal);
        Assert.Contains("only after connection failures, 408, 429 and 503", rules, StringComparison.Ordinal);
        var other = Enumerable.Range(400, 200).Where(status => rules.Contains($" {status}", StringComparison.Ordinal));
        Assert.Equal([401, 403, 408, 429, 502, 503], other);
    }

    private static string Section(string heading) => Page.Text.Split($"\n{heading}")[1].Split("\n#")[0];

    /// <summary>From some words to the next source.</summary>
    private static string Sentence(string start) => start + Page.Text.Split(start)[1].Split('[')[0];

    private static string Row(string first) =>
        Page.Text.Split('\n').Single(line => line.StartsWith($"| {first} |", StringComparison.Ordinal));

    private static IEnumerable<string[]> Rows(string heading) =>
        MarkdownTable.In(Page).Where(table => table.Heading == heading).SelectMany(table => table.Rows).Select(row => row.Cells);

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
