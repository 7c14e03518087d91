using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Hosts;

/// <summary>Where the host's OAuth tokens are given out (authentication reference §7.2).</summary>
public class OAuthEndpointsTests
{
    private const string Metadata = $"{LogIn.Host}/.well-known/databricks-config";
    private const string WellKnown = $"{LogIn.Host}/oidc/.well-known/oauth-authorization-server";
    private const string Accounts = "https://accounts.cloud.databricks.com";
    private const string Looking = "Looking for the host's OAuth token endpoint: ";

    [Fact]
    public async Task The_configured_document_is_asked_and_nothing_else()
    {
        var machine = Machine().With("DATABRICKS_DISCOVERY_URL", "https://login.example/some/document?x=y")
            .Answers("https://login.example/some/document", """{"token_endpoint":"https://tokens.example/t"}""")
            .Answers("https://tokens.example/t", LogIn.Answer);

        await machine.Token();

        Assert.Equal(
            ["GET https://login.example/some/document?x=y", "POST https://tokens.example/t"],
            machine.Sent.Select(sent => $"{sent.Method} {sent.Address}"));
    }

    [Fact]
    public async Task The_document_that_the_metadata_names_comes_next()
    {
        var machine = Machine().Answers(
            Metadata, """{"oidc_endpoint":"https://login.example/oidc/accounts/{account_id}","account_id":"some-account"}""")
            .Answers(
                "https://login.example/oidc/accounts/some-account/.well-known/oauth-authorization-server",
                """{"token_endpoint":"https://login.example/oidc/accounts/some-account/v1/token"}""")
            .Answers("https://login.example/oidc/accounts/some-account/v1/token", LogIn.Answer);

        await machine.Token();

        Assert.Equal(
            [
                $"GET {Metadata}",
                "GET https://login.example/oidc/accounts/some-account/.well-known/oauth-authorization-server",
                "POST https://login.example/oidc/accounts/some-account/v1/token",
            ],
            machine.Sent.Select(sent => $"{sent.Method} {sent.Address}"));
    }

    [Theory]
    [InlineData(Accounts, "", 404)]
    [InlineData("https://accounts-dod.cloud.databricks.us", "", 404)]
    [InlineData(Accounts, """{"host_type":"account"}""", 200)]
    public async Task On_an_accounts_host_the_address_follows_from_the_account(string host, string metadata, int status)
    {
        var machine = Machine(host).With("DATABRICKS_ACCOUNT_ID", "some-account")
            .Answers($"{host}/.well-known/databricks-config", metadata, (HttpStatusCode)status)
            .Answers($"{host}/oidc/accounts/some-account/v1/token", LogIn.Answer);

        await machine.Token();

        Assert.Equal(
            [$"GET {host}/.well-known/databricks-config", $"POST {host}/oidc/accounts/some-account/v1/token"],
            machine.Sent.Select(sent => $"{sent.Method} {sent.Address}"));
    }

    [Fact]
    public async Task On_an_accounts_host_the_account_may_be_that_of_the_metadata()
    {
        var machine = Machine(Accounts).Answers($"{Accounts}/.well-known/databricks-config", """{"account_id":"account-of-the-host"}""")
            .Answers($"{Accounts}/oidc/accounts/account-of-the-host/v1/token", LogIn.Answer);

        Assert.Equal("some-access-token", (await machine.Token()).Value);
    }

    [Fact]
    public async Task An_accounts_host_without_an_account_says_what_to_set() => Assert.Equal(
        $"Failed: {Looking}accounts.cloud.databricks.com is an accounts host; set DATABRICKS_ACCOUNT_ID.",
        await Machine(Accounts).Answers($"{Accounts}/.well-known/databricks-config", "", HttpStatusCode.NotFound).Refusal());

    [Fact]
    public async Task A_token_endpoint_on_another_host_is_used_as_it_is()
    {
        var machine = Machine().Answers(Metadata, "", HttpStatusCode.NotFound)
            .Answers(WellKnown, """{"token_endpoint":"https://tokens.example/a/b?c=d"}""")
            .Answers("https://tokens.example/a/b", LogIn.Answer);

        await machine.Token();

        Assert.Equal("https://tokens.example/a/b?c=d", machine.Sent[^1].Address);
    }

    [Theory]
    [InlineData("", WellKnown)]
    [InlineData("https://login.example/document?secret=1", "https://login.example/document")]
    public async Task A_document_that_does_not_exist_means_no_OAuth_here(string configured, string shown)
    {
        var machine = Machine().With("DATABRICKS_DISCOVERY_URL", configured).Answers(Metadata, "", HttpStatusCode.NotFound)
            .Answers(shown, "", HttpStatusCode.NotFound);

        var failure = await machine.Failure();

        Assert.Equal(DatabricksCredentialFailure.OAuthUnsupported, failure.Failure);
        Assert.Equal($"Databricks OAuth is not supported for this host: {shown} does not exist.", Assert.Single(failure.Attempts).Reason);
    }

    [Theory]
    [InlineData(200, "{}", $"{Looking}the document at {WellKnown} has no 'token_endpoint'.")]
    [InlineData(200, """{"token_endpoint":""}""", $"{Looking}the document at {WellKnown} has no 'token_endpoint'.")]
    [InlineData(200, """{"token_endpoint":17}""", $"{Looking}the document at {WellKnown} has no 'token_endpoint'.")]
    [InlineData(200, "<html>", $"{Looking}{WellKnown} returned 200 without a JSON object.")]
    [InlineData(403, "", $"{Looking}{WellKnown} returned 403 Forbidden")]
    [InlineData(200, """{"token_endpoint":"/oidc/v1/token"}""", $"{Looking}the document at {WellKnown} has no 'token_endpoint'.")]
    public async Task A_document_that_cannot_be_read_is_named(int status, string body, string reason) => Assert.Equal(
        $"Failed: {reason}",
        await Machine().Answers(Metadata, "", HttpStatusCode.NotFound).Answers(WellKnown, body, (HttpStatusCode)status).Refusal());

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        var machine = Machine().Answers(Metadata, "", HttpStatusCode.NotFound).Answers(WellKnown, "", HttpStatusCode.Forbidden)
            .Answers(WellKnown, $$"""{"token_endpoint":"{{LogIn.TokenEndpoint}}"}""").Answers(LogIn.TokenEndpoint, LogIn.Answer);
        var credential = machine.Credential();

        await Assert.ThrowsAsync<DatabricksCredentialException>(async () => await credential.GetTokenAsync());

        Assert.Equal("some-access-token", (await credential.GetTokenAsync()).Value);
    }

    [Theory]
    [InlineData("http://tokens.example/t", "http://tokens.example/t")]
    [InlineData("http://tokens.example/t?secret=1", "http://tokens.example/t")]
    [InlineData("http://some-workspace.cloud.databricks.com/oidc/v1/token", "http://some-workspace.cloud.databricks.com/oidc/v1/token")]
    public async Task No_secret_goes_to_an_endpoint_in_clear_text(string endpoint, string shown)
    {
        var machine = Machine().Answers(Metadata, "", HttpStatusCode.NotFound)
            .Answers(WellKnown, $$"""{"token_endpoint":"{{endpoint}}"}""");

        Assert.Equal(
            $"Failed: Requesting a token for the service principal: {shown} does not use https, and secrets are not sent in clear text.",
            await machine.Refusal());
        Assert.DoesNotContain(machine.Sent, sent => sent.Method == "POST");
    }

    [Fact]
    public async Task A_service_on_this_machine_may_use_clear_text()
    {
        const string host = "http://localhost:8080";
        var machine = Machine(host).WithOAuth(host).Answers($"{host}/oidc/v1/token", LogIn.Answer);

        Assert.Equal("some-access-token", (await machine.Token()).Value);
    }

    [Theory]
    [InlineData("/some/document")]
    [InlineData("login.example/document")]
    [InlineData("file:///etc/passwd")]
    public async Task A_configured_document_without_an_address_is_named(string configured) => Assert.Equal(
        $"Failed: {Looking}discovery_url '{configured}' is not an address.",
        await Machine().With("DATABRICKS_DISCOVERY_URL", configured).Refusal());

    private static FakePlatform Machine(string host = LogIn.Host) => LogIn.MachineFor("oauth-m2m", host)
        .With("DATABRICKS_CLIENT_ID", "some-client").With("DATABRICKS_CLIENT_SECRET", "some-secret");
}
