using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Settings that have no effect, or another one than was meant, are reported though nothing failed.</summary>
public class SettingWarningTests
{
    private const string Capital =
        "'Host' of profile 'DEFAULT' in ~/.databrickscfg is ignored, because keys are lowercase. Write it as 'host'.";

    [Theory]
    [InlineData(
        "Host=https://x", "'Host' of profile 'DEFAULT' in ~/.databrickscfg is ignored, because keys are lowercase. Write it as 'host'.")]
    [InlineData("TOKEN=t", "'TOKEN' of profile 'DEFAULT' in ~/.databrickscfg is ignored, because keys are lowercase. Write it as 'token'.")]
    [InlineData(
        "Audience=a",
        "'Audience' of profile 'DEFAULT' in ~/.databrickscfg is ignored, because keys are lowercase. Write it as 'audience'.")]
    public void A_capitalized_key_is_reported(string line, string remark) =>
        Assert.Equal([remark], Resolve.On(new FakePlatform().ConfigFile($"[DEFAULT]\n{line}\n")).Remarks);

    [Theory]
    [InlineData("host=https://x")]
    [InlineData("warehouse_id=1")]
    [InlineData("Something=1")]
    public void Known_keys_and_those_of_other_tools_are_not(string line) =>
        Assert.Empty(Resolve.On(new FakePlatform().ConfigFile($"[DEFAULT]\n{line}\n")).Remarks);

    [Fact]
    public void A_capitalized_key_that_leaves_no_host_is_in_the_exception() =>
        Assert.EndsWith(
            $" Note: {Capital}",
            Assert.Throws<DatabricksCredentialException>(() => new DatabricksServingClient(
                new DatabricksServingOptions(), new FakePlatform().ConfigFile("[DEFAULT]\nHost=https://x\ntoken=t\n"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("DATABRICKS_API_BASE", "DATABRICKS_API_BASE, which LiteLLM reads, is set, but not read here: set DATABRICKS_HOST")]
    [InlineData("DATABRICKS_API_KEY", "DATABRICKS_API_KEY, which LiteLLM reads, is set, but not read here: set DATABRICKS_HOST")]
    [InlineData(
        "DATABRICKS_API_BASE DATABRICKS_API_KEY",
        "DATABRICKS_API_BASE and DATABRICKS_API_KEY, which LiteLLM reads, are set, but not read here: set DATABRICKS_HOST to the address " +
        "of the workspace without '/serving-endpoints', and DATABRICKS_TOKEN to the key.")]
    public async Task Variables_of_LiteLLM_are_named_when_something_is_missing(string names, string hint)
    {
        var platform = new FakePlatform();
        foreach (var name in names.Split(' '))
        {
            platform.With(name, "dapi-secret");
        }

        var noHost = Assert.Throws<DatabricksCredentialException>(() =>
            new DatabricksServingClient(new DatabricksServingOptions(), platform));
        var noToken = await new DatabricksServingClient(new DatabricksServingOptions { Host = new Uri("https://x") }, platform)
            .DescribeAuthenticationAsync();

        Assert.All([noHost.Message, noToken.Error!.Message], message => Assert.Contains(hint, message, StringComparison.Ordinal));
        Assert.All([noHost.Message, noToken.Error!.Message], message =>
            Assert.DoesNotContain("dapi-secret", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_of_LiteLLM_are_not_named_without_need() => Assert.Empty(
        Resolve.On(new FakePlatform().With("DATABRICKS_API_KEY", "k").With("DATABRICKS_HOST", "https://x").With("DATABRICKS_TOKEN", "t"))
            .Remarks);

    [Theory]
    [InlineData("all-apis,,sql")]
    [InlineData("all-apis, ,sql")]
    [InlineData("all-apis  sql")]
    [InlineData(",sql")]
    [InlineData("sql,")]
    [InlineData(",")]
    public void A_doubled_separator_in_scopes_is_reported(string scopes) =>
        Assert.Equal(
            [
                "scopes (from profile 'DEFAULT' of ~/.databrickscfg) has an empty entry, which is ignored: there are two separators in " +
                "a row, or one at an end.",
            ],
            Resolve.On(new FakePlatform().ConfigFile($"[DEFAULT]\nhost=x\nscopes={scopes}\n")).Remarks);

    [Theory]
    [InlineData("sql")]
    [InlineData("all-apis, sql")]
    [InlineData("all-apis sql")]
    public void Single_separators_are_not(string scopes) =>
        Assert.Empty(Resolve.On(new FakePlatform().ConfigFile($"[DEFAULT]\nhost=x\nscopes={scopes}\n")).Remarks);

    [Fact]
    public void An_empty_scope_of_code_is_reported() =>
        Assert.StartsWith(
            "scopes (from code) has an empty entry",
            Assert.Single(Resolve.On(new FakePlatform(), options => options.Authentication.Scopes = ["sql", "", "all-apis"]).Remarks),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_reach_the_log_and_the_report(bool hasCredential)
    {
        var log = new FakeLoggerFactory();
        var machine = new FakePlatform().ConfigFile("[p]\nhost=x\ntoken=t\nCloud=aws\n").With("DATABRICKS_CONFIG_PROFILE", "p");
        var client = new DatabricksServingClient(
            new DatabricksServingOptions { LoggerFactory = log, Credential = hasCredential ? DatabricksCredential.FromToken("t") : null },
            machine);

        var report = await client.DescribeAuthenticationAsync();

        const string remark = "'Cloud' of profile 'p' in ~/.databrickscfg is ignored, because keys are lowercase. Write it as 'cloud'.";
        Assert.Equal([remark], report.Warnings);
        Assert.Contains($"Warnings:{Environment.NewLine}  - {remark}", report.ToString(), StringComparison.Ordinal);
        Assert.Single(log.Collector.Shown(), line => line == $"Warning: Authentication settings: {remark}");
    }
}
