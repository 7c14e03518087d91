using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>
/// How a profile joins what code and environment say, and the warning when its secret goes elsewhere (authentication reference §4.5).
/// </summary>
public class ProfileJoiningTests
{
    private const string File =
        "[p]\nhost=https://mine/\ntoken=dapi-mine\nazure_client_secret=s\nauth_type=pat\n[q]\ntoken=dapi-q\n[r]\nhost=https://mine\n";

    [Fact]
    public void The_host_of_a_profile_goes_with_the_token_of_the_environment_without_a_warning()
    {
        var machine = new FakePlatform().ConfigFile(File).With("DATABRICKS_CONFIG_PROFILE", "p").With("DATABRICKS_TOKEN", "dapi-other");

        Assert.Equal(
            [
                "host=https://mine (from profile 'p' of ~/.databrickscfg)",
                "profile=p (from environment variable DATABRICKS_CONFIG_PROFILE)",
                "auth_type=pat (from profile 'p' of ~/.databrickscfg)",
                "token=*** (from environment variable DATABRICKS_TOKEN)",
                "azure_client_secret=*** (from profile 'p' of ~/.databrickscfg)",
            ],
            Resolve.Lines(machine));
        Assert.Empty(Resolve.On(machine).Remarks);
    }

    [Fact]
    public void The_secrets_of_a_profile_that_go_to_another_host_deserve_a_warning() =>
        Assert.Equal(
            [
                "token and azure_client_secret of profile 'p' will be sent to a host that the profile does not name: " +
                "host came from environment variable DATABRICKS_HOST.",
            ],
            Resolve.On(Machine("p", "https://other")).Remarks);

    [Fact]
    public void The_warning_reaches_the_log()
    {
        var log = new FakeLoggerFactory();

        _ = new DatabricksServingClient(new DatabricksServingOptions { LoggerFactory = log }, Machine("p", "https://other"));

        Assert.Equal(
            [
                "Warning: Authentication settings: token and azure_client_secret of profile 'p' will be sent to a host that the profile " +
                "does not name: host came from environment variable DATABRICKS_HOST.",
            ],
            log.Collector.Shown());
    }

    [Theory]
    [InlineData("p", "https://mine")]
    [InlineData("p", "mine:443")]
    [InlineData("p", "https://MINE/?o=1")]
    [InlineData("q", "https://other")]
    [InlineData("r", "https://other")]
    public void No_warning_for_the_same_host_or_a_profile_without_host_or_secret(string profile, string host) =>
        Assert.Empty(Resolve.On(Machine(profile, host)).Remarks);

    [Fact]
    public void A_host_of_code_is_warned_of_too() =>
        Assert.Equal(
            [
                "token and azure_client_secret of profile 'p' will be sent to a host that the profile does not name: host came from code.",
            ],
            Resolve.On(Machine("p", "https://mine"), options => options.Host = new Uri("https://other")).Remarks);

    private static FakePlatform Machine(string profile, string host) =>
        new FakePlatform().ConfigFile(File).With("DATABRICKS_CONFIG_PROFILE", profile).With("DATABRICKS_HOST", host);
}
