using System.Text.RegularExpressions;
using Connectors.Databricks.Comparison.Tests.Harness;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Comparison.Tests.Docs;

/// <summary>The table of differences in docs/semantic-kernel.md, the list of accepted ones and the cases agree.</summary>
public partial class DifferencesTableTests
{
    private static readonly (string Name, AcceptedDifference Row)[] Accepted =
    [
        .. typeof(AcceptedDifferences).GetProperties()
            .Where(property => property.PropertyType == typeof(AcceptedDifference))
            .Select(property => (property.Name, (AcceptedDifference)property.GetValue(null)!)),
    ];

    [Fact]
    public void The_page_lists_every_accepted_difference_and_no_other()
    {
        var section = Section().Match(Repository.Read("docs/semantic-kernel.md").Text).Value;
        string[][] tables =
        [
            .. section.Split("\n### ")
                .Select(part => Row().Matches(part).Select(row => row.Value).Skip(2).Order(StringComparer.Ordinal).ToArray()),
        ];

        Assert.Equal([.. Rows(overBoth: true), .. Rows(overBoth: false)], tables.SelectMany(table => table));
        Assert.Equal(2, tables.Length);

        static IEnumerable<string> Rows(bool overBoth) => Accepted
            .Where(one => one.Row.Api == DatabricksChatApi.Responses != overBoth)
            .Select(one => $"| {one.Row.Subject} | {one.Row.OpenAI} | {one.Row.Databricks} |").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_accepted_difference_is_named_by_a_case()
    {
        var cases = string.Concat(Repository.SourcesOf("src/Connectors.Databricks.Comparison.Tests/Cases").Select(file => file.Text));

        Assert.All(
            Accepted.Where(one => !AcceptedDifferences.Everywhere.Contains(one.Row)),
            one => Assert.Contains($"{nameof(AcceptedDifferences)}.{one.Name}", cases, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^## Differences from the OpenAI connector\n(?:(?!## ).*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
