using System.Text.RegularExpressions;
using Connectors.Databricks.Chat.Responses.Outbound;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The table of what the Responses API lacks is that of the code.</summary>
public partial class ResponsesPageTests
{
    [Fact]
    public void The_page_lists_every_parameter_that_is_left_out()
    {
        var section = Section().Match(Repository.Read("docs/responses.md").Text).Value;

        Assert.Equal(
            UnsupportedOptions.All.Select(option => (option.Key, option.Value ? "yes" : "no")).Order(),
            Row().Matches(section).SelectMany(row => Name().Matches(row.Groups[1].Value)
                .Select(name => (name.Groups[1].Value, row.Groups[2].Value))).Order());
    }

    [GeneratedRegex(@"^### Options that are left out\n(?:(?!##).*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| [^|]+ \| ([^|]+) \| (yes|no) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
