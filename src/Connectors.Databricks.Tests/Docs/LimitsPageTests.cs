using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The pages that list the bounds on answers give each option and its default.</summary>
public partial class LimitsPageTests
{
    [Theory]
    [InlineData("SECURITY.md")]
    [InlineData("docs/resilience.md")]
    public void The_page_lists_every_bound_with_its_default(string page)
    {
        var rows = Row().Matches(Repository.Read(page).Text)
            .Where(row => row.Groups[1].Value.StartsWith("Max", StringComparison.Ordinal))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Trim());
        var limits = new DatabricksResponseLimitOptions();

        foreach (var property in typeof(DatabricksResponseLimitOptions).GetProperties())
        {
            var value = Convert.ToInt64(property.GetValue(limits), CultureInfo.InvariantCulture);
            Assert.Equal((property.Name, Shown(property.Name, value)), (property.Name, rows.GetValueOrDefault(property.Name)));
        }
    }

    private static string Shown(string name, long value) => name.EndsWith("Bytes", StringComparison.Ordinal)
        ? $"{value / (1024 * 1024)} MiB"
        : value.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
