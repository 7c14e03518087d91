using System.Net;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Hosts;

/// <summary>What a host says of itself, which may help and must not hurt (authentication reference §7.1).</summary>
public class HostMetadataTests
{
    private const string Address = $"{LogIn.Host}/.well-known/databricks-config";

    [Fact]
    public async Task The_host_is_asked_once_and_without_a_token()
    {
        var machine = Machine().Answers(Address, "{}");
        var facts = Facts(machine);

        await facts.GetMetadataAsync(CancellationToken.None);
        await facts.GetMetadataAsync(CancellationToken.None);

        Assert.Equal($"GET {Address}\nAccept: application/json", Assert.Single(machine.Sent).Text);
    }

    [Fact]
    public async Task Everything_it_says_is_read()
    {
        var metadata = await Metadata(
            """
            {"oidc_endpoint":"https://some-workspace.cloud.databricks.com/oidc","account_id":"some-account","workspace_id":"17","cloud":"azure",
             "host_type":"WORKSPACE","token_federation_default_oidc_audiences":["first","second"],"more":{"x":1}}
            """);

        Assert.Equal(
            ("https://some-workspace.cloud.databricks.com/oidc/.well-known/oauth-authorization-server", "some-account", "17", "AZURE",
                "workspace", "first"),
            (metadata.DiscoveryUrl?.AbsoluteUri, metadata.AccountId, metadata.WorkspaceId, metadata.Cloud, metadata.HostType,
                metadata.FederationAudience));
    }

    [Theory]
    [InlineData("https://x.example/oidc", "https://x.example/oidc/.well-known/oauth-authorization-server")]
    [InlineData("https://x.example/oidc/", "https://x.example/oidc/.well-known/oauth-authorization-server")]
    [InlineData(
        "https://x.example/oidc/accounts/{account_id}",
        "https://x.example/oidc/accounts/configured-account/.well-known/oauth-authorization-server")]
    [InlineData("", null)]
    [InlineData("no address", null)]
    public async Task The_discovery_document_is_below_the_oidc_endpoint(string endpoint, string? discovery) => Assert.Equal(
        discovery,
        (await Metadata(
            $$"""{"oidc_endpoint":"{{endpoint}}","account_id":"account-of-the-host"}""",
            machine => machine.With("DATABRICKS_ACCOUNT_ID", "configured-account"))).DiscoveryUrl?.AbsoluteUri);

    [Theory]
    [InlineData("\"account-of-the-host\"", "https://x.example/oidc/accounts/account-of-the-host/.well-known/oauth-authorization-server")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    public async Task A_placeholder_is_filled_with_the_hosts_own_account_and_skipped_without_any(
        string account, string? discovery) => Assert.Equal(
        discovery,
        (await Metadata($$"""{"oidc_endpoint":"https://x.example/oidc/accounts/{account_id}","account_id":{{account}}}"""))
            .DiscoveryUrl?.AbsoluteUri);

    [Theory]
    [InlineData("\"workspace\"", "workspace")]
    [InlineData("\"Account\"", "account")]
    [InlineData("\"UNIFIED\"", "unified")]
    [InlineData("\"spaceship\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public async Task Only_known_types_of_hosts_count(string type, string? read) =>
        Assert.Equal(read, (await Metadata($$"""{"host_type":{{type}}}""")).HostType);

    [Theory]
    [InlineData("17", "17")]
    [InlineData("1234567890123456789", "1234567890123456789")]
    [InlineData("\"17\"", "17")]
    [InlineData("null", null)]
    [InlineData("[17]", null)]
    public async Task An_id_may_be_a_number(string id, string? read) =>
        Assert.Equal(read, (await Metadata($$"""{"workspace_id":{{id}}}""")).WorkspaceId);

    [Fact]
    public async Task It_fills_what_is_empty_and_overrides_nothing()
    {
        var machine = Machine().With("DATABRICKS_ACCOUNT_ID", "configured-account")
            .Answers(Address, """{"account_id":"account-of-the-host","workspace_id":"17"}""");
        var facts = Facts(machine);
        Assert.Equal(("configured-account", null), (facts.AccountId, facts.WorkspaceId));

        await facts.GetMetadataAsync(CancellationToken.None);

        Assert.Equal(("configured-account", "17"), (facts.AccountId, facts.WorkspaceId));
    }

    [Fact]
    public async Task A_configured_cloud_or_a_known_name_costs_no_request()
    {
        var byName = Machine("https://adb-1.2.azuredatabricks.net");
        var bySetting = Machine("https://databricks.example").With("DATABRICKS_CLOUD", "aws");

        Assert.Equal(
            (true, false, 0, 0),
            (await Facts(byName).IsAzureAsync(CancellationToken.None),
                await Facts(bySetting).IsAzureAsync(CancellationToken.None),
                byName.Sent.Count,
                bySetting.Sent.Count));
    }

    [Theory]
    [InlineData("azure", true)]
    [InlineData("Azure", true)]
    [InlineData("GCP", false)]
    [InlineData("", false)]
    public async Task The_cloud_of_a_private_name_is_what_the_host_says(string cloud, bool isAzure)
    {
        var machine = Machine("https://databricks.example")
            .Answers("https://databricks.example/.well-known/databricks-config", $$"""{"cloud":"{{cloud}}"}""");

        Assert.Equal(isAzure, await Facts(machine).IsAzureAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(500, """{"error":"oops"}""")]
    [InlineData(200, "<html>Log in</html>")]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    [InlineData(302, "")]
    public async Task What_cannot_be_read_is_no_failure_and_is_not_asked_again(int status, string body)
    {
        var machine = Machine().Answers(Address, body, (HttpStatusCode)status);
        var facts = Facts(machine);

        Assert.Equal(HostMetadata.None, await facts.GetMetadataAsync(CancellationToken.None));
        Assert.Equal(HostMetadata.None, await facts.GetMetadataAsync(CancellationToken.None));
        Assert.Single(machine.Sent);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_may_pass_is_no_failure_either_and_asked_again_by_the_next(int status)
    {
        var machine = Machine().Answers(Address, "", (HttpStatusCode)status).Answers(Address, """{"workspace_id":"17"}""");
        var facts = Facts(machine);

        Assert.Equal(HostMetadata.None, await facts.GetMetadataAsync(CancellationToken.None));
        Assert.Equal(("17", 2), ((await facts.GetMetadataAsync(CancellationToken.None)).WorkspaceId, machine.Sent.Count));
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_no_failure()
    {
        var machine = Machine().Breaks(Address, new HttpRequestException("No such host is known."));

        Assert.Equal(HostMetadata.None, await Facts(machine).GetMetadataAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_delays_no_call_by_more_than_five_seconds()
    {
        var machine = Machine().Answers(Address, Never);

        var metadata = Facts(machine).GetMetadataAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(metadata, machine.Clock.TimerWithin(TimeSpan.FromSeconds(5)));
        machine.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((HostMetadata.None, 1), (await metadata, machine.Sent.Count));
    }

    [Fact]
    public async Task An_operator_is_not_told_of_metadata_that_is_missing()
    {
        var book = new FakeLogger();
        var machine = Machine().Answers(Address, "", HttpStatusCode.NotFound);

        await Facts(machine, book).GetMetadataAsync(CancellationToken.None);

        Assert.Equal(
            [
                (LogLevel.Debug,
                    "The host returned no metadata, which is optional: Requesting the metadata of the host: " +
                    $"{Address} returned 404 NotFound"),
            ],
            book.Collector.Lines());
    }

    [Fact]
    public async Task A_token_is_had_without_it()
    {
        var machine = LogIn.MachineFor("oauth-m2m").With("DATABRICKS_CLIENT_ID", "some-client")
            .With("DATABRICKS_CLIENT_SECRET", "some-secret")
            .Breaks(Address, new HttpRequestException("Reset."))
            .Answers($"{LogIn.Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{LogIn.TokenEndpoint}}"}""")
            .Answers(LogIn.TokenEndpoint, LogIn.Answer);

        Assert.Equal("some-access-token", (await machine.Token()).Value);
    }

    [Theory]
    [InlineData("account_id")]
    [InlineData("oidc_endpoint")]
    [InlineData("host_type")]
    [InlineData("cloud")]
    public async Task A_text_that_is_none_counts_as_missing(string name) =>
        Assert.Equal(HostMetadata.None, await Metadata($$"""{"{{name}}":"\ud800"}"""));

    [Fact]
    public async Task An_audience_that_is_no_text_counts_as_missing() =>
        Assert.Null((await Metadata("""{"token_federation_default_oidc_audiences":["\ud800"]}""")).FederationAudience);

    private static async Task<HttpResponseMessage> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("An infinite wait has ended.");
    }

    private static FakePlatform Machine(string host = LogIn.Host) => new FakePlatform().With("DATABRICKS_HOST", host);

    private static Task<HostMetadata> Metadata(string body, Func<FakePlatform, FakePlatform>? configure = null)
    {
        var machine = Machine().Answers(Address, body);
        return Facts(configure is null ? machine : configure(machine)).GetMetadataAsync(CancellationToken.None).AsTask();
    }

    private static HostFacts Facts(FakePlatform machine, ILogger? logger = null)
    {
        var settings = SettingsResolver.Resolve([], hasCredential: false, machine);
        logger ??= new FakeLogger();
        return new HostFacts(settings, new TokenRequests(machine, logger, settings.Redaction), logger);
    }
}
