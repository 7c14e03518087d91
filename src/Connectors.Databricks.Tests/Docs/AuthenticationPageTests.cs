using System.Text.RegularExpressions;
using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/authentication.md lists the authentication types, settings and failures that there are.</summary>
public partial class AuthenticationPageTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == "docs/authentication.md");

    [Fact]
    public void The_page_lists_every_authentication_type_in_order() =>
        Assert.Equal(AuthTypeTable.All, Rows("Authentication types").Select(row => row[1].Trim('`')));

    [Fact]
    public void The_page_counts_the_authentication_types()
    {
        Assert.Equal(14, AuthTypeTable.All.Count());
        Assert.Contains("is not one of the fourteen", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lists_every_setting_of_the_options_with_its_profile_key_and_variables()
    {
        HashSet<string> listed = [.. Rows("Settings and their precedence").SelectMany(row => row).SelectMany(Codes)];
        var options = ShippedApi.Settable(typeof(DatabricksAuthenticationOptions)).Select(property => property.Name);

        Assert.Equal([], options.Where(name => !listed.Contains(name) && !listed.Contains($"Authentication.{name}")));
        Assert.Equal([], listed.Where(name => name.Contains('_') && !Known.Contains(name)));
    }

    [Fact]
    public void The_page_lists_every_failure() =>
        Assert.Equal(
            Enum.GetNames<DatabricksCredentialFailure>().Order(StringComparer.Ordinal),
            Rows("Troubleshooting").SelectMany(row => Codes(row[0])).Order(StringComparer.Ordinal));

    private static HashSet<string> Known =>
    [
        .. SettingTable.All.SelectMany(setting => new[] { setting.Name, setting.Variable, setting.OtherKey, setting.OtherVariable })
            .OfType<string>(),
    ];

    private static IEnumerable<string[]> Rows(string heading) =>
        MarkdownTable.In(Page).Where(table => table.Heading == heading).SelectMany(table => table.Rows).Select(row => row.Cells);

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
