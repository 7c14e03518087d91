using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/authentication-reference.md has the settings, the order, the hosts and the figures of the code.</summary>
public partial class AuthenticationReferenceTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == ServingReference.AuthenticationPath);

    [Fact]
    public void The_page_lists_every_setting_with_its_variables()
    {
        Assert.Equal(
            SettingTable.All.SelectMany(setting => new[] { setting.Name, setting.OtherKey }).OfType<string>()
                .Order(StringComparer.Ordinal),
            Rows("2. Settings").SelectMany(row => Codes(row[0])).Order(StringComparer.Ordinal));
        Assert.Equal(
            SettingTable.All.SelectMany(setting => new[] { setting.Variable, setting.OtherVariable }).OfType<string>()
                .Order(StringComparer.Ordinal),
            Rows("2. Settings").SelectMany(row => Codes(row[1])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_has_the_group_of_each_setting_and_the_secrets()
    {
        foreach (var row in Rows("2. Settings"))
        {
            var settings = Codes(row[0]).Select(name => SettingTable.All.SingleOrDefault(setting => setting.Name == name))
                .OfType<Setting>().ToList();
            var secrets = settings.Count(setting => setting.IsSecret);

            Assert.All(settings, setting => Assert.Equal((setting.Name, row[2].Trim('`')), (setting.Name, setting.Group ?? "")));
            Assert.Equal(
                (row[0], row[3] switch { "" => 0, "yes" => settings.Count, _ => 1 }),
                (row[0], secrets));
        }
    }

    [Fact]
    public void The_page_has_the_order_of_the_authentication_types()
    {
        var order = Page.Text.Split("**Order**, the first that returns a token: ")[1].Split("The SDKs differ")[0];

        Assert.Equal(AuthTypeTable.All, AuthType().Matches(Parentheses().Replace(order, "")).Select(match => match.Value));
    }

    [Fact]
    public void The_page_lists_every_failure() => Assert.Equal(
        Enum.GetNames<DatabricksCredentialFailure>().Except([nameof(DatabricksCredentialFailure.Other)]).Order(StringComparer.Ordinal),
        Rows("9. Errors").Select(row => Codes(row[1]).First()).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_has_the_cloud_of_each_suffix()
    {
        var sentence = Page.Text.Split("the first match wins (Go):")[1].Split("Any other name")[0];
        var clouds = new List<string>();
        foreach (var part in sentence.Split(';'))
        {
            var cloud = part.Trim().TrimEnd('.').Split(' ')[^1];
            clouds.Add(cloud);
            Assert.All(
                Codes(part),
                suffix => Assert.Equal((suffix, cloud.ToUpperInvariant()), (suffix, DatabricksCloud.Of(new Uri($"https://x{suffix}")))));
        }

        Assert.Equal(["AWS", "Azure", "GCP"], clouds);
    }

    [Fact]
    public void The_page_has_the_addresses_of_the_clouds_of_Azure() => Assert.Equal(
        new[] { AzureCloud.Public, AzureCloud.UsGovernment, AzureCloud.China }.Select(
            cloud => $"{cloud.Name} {cloud.ActiveDirectory} {cloud.ResourceManager} {cloud.ServiceManagement}"),
        Rows("6.5 azure-client-secret").Where(row => row.Length == 4).Select(
            row => $"{row[0]} {string.Join(' ', row.Skip(1).Select(cell => cell.Trim('`')))}"));

    [Fact]
    public void The_page_has_the_times_of_the_token_cache()
    {
        var cells = Rows("8. Tokens").ToDictionary(row => row[0], row => string.Join(' ', row), StringComparer.Ordinal);

        Assert.Contains(Seconds(TokenCache.ExpiryBuffer), cells["Expired"], StringComparison.Ordinal);
        Assert.Contains(Minutes(TokenCache.LongestRenewalWindow), cells["Stale"], StringComparison.Ordinal);
        Assert.Contains("a minute later", cells["After a failed refresh"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), TokenCache.RenewalBackOff);
        Assert.Contains("one minute", cells["Timeout of a refresh"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), TokenCache.RenewalTimeout);
        Assert.Contains("is used for a minute", Page.Text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), TokenCache.ExpiredTokenLifetime);
    }

    public static TheoryData<string, string> Extras
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in Rows("11. User-Agent"))
            {
                var names = Codes(row[0]).ToList();
                var signs = Codes(row[1]).Where(code => Variable().IsMatch(code)).ToList();
                if (names is ["agent/{name}"])
                {
                    signs.Where(sign => sign != "AGENT").ToList().ForEach(sign => rows.Add("agent/", sign));
                }
                else if (names.Count > 1)
                {
                    names.Zip(signs).ToList().ForEach(pair => rows.Add(pair.First, pair.Second));
                }
                else
                {
                    rows.Add(names[0].Split('{')[0], string.Join(' ', signs));
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Extras))]
    public void An_extra_of_the_user_agent_is_sent_with_the_variables_of_the_page(string extra, string variables) => Assert.Contains(
        $" {extra}",
        UserAgentEnvironment.Describe(new FakePlatform
        {
            Variables = variables.Split(' ').Select(sign => sign.Split('=')).ToDictionary(
                sign => sign[0], sign => sign is [_, var value] ? value : "1", StringComparer.Ordinal),
        }),
        StringComparison.Ordinal);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds";

    private static string Minutes(TimeSpan time) => $"{time.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes";

    private static IEnumerable<string[]> Rows(string heading) =>
        MarkdownTable.In(Page).Where(table => table.Heading == heading).SelectMany(table => table.Rows).Select(row => row.Cells);

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[a-z]+(?:-[a-z0-9]+)*")]
    private static partial Regex AuthType();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"^[A-Z][A-Z_]+(=\w+)?$")]
    private static partial Regex Variable();
}
