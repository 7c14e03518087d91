using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A job of GitHub Actions (authentication reference §6.8).</summary>
public class GitHubOidcCredentialSourceTests
{
    private const string RequestUrl = "https://pipelines.actions.githubusercontent.com/abc/idtoken?api-version=2.0";
    private const string RequestPath = "https://pipelines.actions.githubusercontent.com/abc/idtoken";
    private const string Metadata = $"{LogIn.Host}/.well-known/databricks-config";
    private const string Asking = $"Requesting an identity token from GitHub Actions: {RequestPath}";

    private const string Form =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange" +
        "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt" +
        "&subject_token=";

    [Fact]
    public async Task GitHub_is_asked_for_an_identity_token_and_that_is_exchanged()
    {
        var machine = Machine().WithOAuth().With("DATABRICKS_TOKEN_AUDIENCE", "my audience");

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            [
                """
                GET https://pipelines.actions.githubusercontent.com/abc/idtoken?api-version=2.0&audience=my%20audience
                Accept: application/json
                Authorization: Bearer some-request-token
                """,
                "GET https://some-workspace.cloud.databricks.com/.well-known/databricks-config\nAccept: application/json",
                "GET https://some-workspace.cloud.databricks.com/oidc/.well-known/oauth-authorization-server\nAccept: application/json",
                $"""
                POST https://some-workspace.cloud.databricks.com/oidc/v1/token
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded

                {Form}first-jwt&scope=all-apis
                """,
            ],
            machine.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public async Task Each_exchange_has_an_identity_token_of_its_own()
    {
        var machine = Machine().WithOAuth().Answers(RequestPath, """{"value":"second-jwt"}""").With("DATABRICKS_CLIENT_ID", "some-client");

        await machine.TwoTokens();

        Assert.Equal(
            [$"{Form}first-jwt&scope=all-apis&client_id=some-client", $"{Form}second-jwt&scope=all-apis&client_id=some-client"],
            machine.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Body));
    }

    [Theory]
    [InlineData("""{"workspace_id":"17","token_federation_default_oidc_audiences":["first","second"]}""", "", "configured", "configured")]
    [InlineData("""{"workspace_id":"17","token_federation_default_oidc_audiences":["first","second"]}""", "some-account", "", "first")]
    [InlineData("""{"workspace_id":"17","host_type":"account"}""", "some-account", "", "some-account")]
    [InlineData("""{"workspace_id":"17","host_type":"Unified"}""", "some-account", "", "some-account")]
    [InlineData("""{"host_type":"workspace"}""", "some-account", "", "some-account")]
    [InlineData("""{"host_type":"account","account_id":"account-of-the-host"}""", "", "", "account-of-the-host")]
    [InlineData("""{"workspace_id":"17","host_type":"workspace"}""", "some-account", "", LogIn.TokenEndpoint)]
    [InlineData("""{"workspace_id":"17","host_type":"account"}""", "", "", LogIn.TokenEndpoint)]
    [InlineData("""{"workspace_id":17,"token_federation_default_oidc_audiences":[]}""", "some-account", "", LogIn.TokenEndpoint)]
    [InlineData("""{"workspace_id":"17","token_federation_default_oidc_audiences":[17]}""", "some-account", "", LogIn.TokenEndpoint)]
    [InlineData("""{"workspace_id":"17","token_federation_default_oidc_audiences":"first"}""", "some-account", "", LogIn.TokenEndpoint)]
    [InlineData("{}", "some-account", "", LogIn.TokenEndpoint)]
    public async Task The_audience_is_the_configured_one_else_the_hosts_else_the_account_else_the_token_endpoint(
        string metadata, string account, string configured, string audience)
    {
        var machine = Machine().Answers(Metadata, metadata).WithOAuth()
            .With("DATABRICKS_ACCOUNT_ID", account).With("DATABRICKS_TOKEN_AUDIENCE", configured);

        await machine.Token();

        Assert.Equal(audience, Audience(machine));
    }

    [Fact]
    public async Task An_empty_audience_of_the_host_counts_as_none()
    {
        var machine = Machine().Answers(Metadata, """{"workspace_id":"17","token_federation_default_oidc_audiences":[""]}""").WithOAuth();

        await machine.Token();

        Assert.Equal(LogIn.TokenEndpoint, Audience(machine));
    }

    [Fact]
    public async Task On_an_accounts_host_without_metadata_the_audience_is_the_account()
    {
        const string host = "https://accounts.cloud.databricks.com";
        var machine = Machine().With("DATABRICKS_HOST", host).With("DATABRICKS_ACCOUNT_ID", "some-account").WithOAuth(host)
            .Answers($"{host}/oidc/accounts/some-account/v1/token", LogIn.Answer);

        await machine.Token();

        Assert.Equal("some-account", Audience(machine));
    }

    [Fact]
    public async Task An_address_without_a_query_gets_one()
    {
        var machine = Machine().WithOAuth().With("ACTIONS_ID_TOKEN_REQUEST_URL", RequestPath).With("DATABRICKS_TOKEN_AUDIENCE", "me");

        await machine.Token();

        Assert.Equal($"{RequestPath}?audience=me", machine.Sent[0].Address);
    }

    [Theory]
    [InlineData(403, """{"message":"No id-token: write."}""", Asking + " returned 403 Forbidden: No id-token: write.")]
    [InlineData(403, """{"message":"Token some-request-token is old."}""", Asking + " returned 403 Forbidden: Token *** is old.")]
    [InlineData(200, "{}", "Requesting an identity token from GitHub Actions: the response has no 'value'.")]
    [InlineData(200, """{"value":""}""", "Requesting an identity token from GitHub Actions: the response has no 'value'.")]
    public async Task A_refusal_of_GitHub_says_what_it_said(int status, string body, string reason)
    {
        var machine = LogIn.MachineFor("github-oidc").With("ACTIONS_ID_TOKEN_REQUEST_URL", RequestUrl)
            .With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "some-request-token").With("DATABRICKS_TOKEN_AUDIENCE", "me")
            .Answers(RequestPath, body, (HttpStatusCode)status);

        Assert.Equal($"Failed: {reason}", await machine.Refusal());
    }

    [Theory]
    [InlineData(
        "", "",
        "actions_id_token_request_url (ACTIONS_ID_TOKEN_REQUEST_URL) and actions_id_token_request_token " +
        "(ACTIONS_ID_TOKEN_REQUEST_TOKEN) not set")]
    [InlineData(RequestUrl, "", "actions_id_token_request_token (ACTIONS_ID_TOKEN_REQUEST_TOKEN) not set")]
    [InlineData("", "some-request-token", "actions_id_token_request_url (ACTIONS_ID_TOKEN_REQUEST_URL) not set")]
    public async Task What_is_missing_is_named_and_no_request_is_sent(string url, string token, string reason)
    {
        var machine = LogIn.MachineFor("github-oidc").With("ACTIONS_ID_TOKEN_REQUEST_URL", url)
            .With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", token);

        Assert.Equal(($"Declined: {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Theory]
    [InlineData("not an address", "actions_id_token_request_url is not an address.")]
    [InlineData(
        "http://pipelines.example/idtoken",
        "Requesting an identity token from GitHub Actions: http://pipelines.example/idtoken does not use https, and secrets are not sent " +
        "in clear text.")]
    public async Task The_request_token_goes_to_no_other_address_than_https(string url, string reason)
    {
        var machine = Machine().With("ACTIONS_ID_TOKEN_REQUEST_URL", url).With("DATABRICKS_TOKEN_AUDIENCE", "me");

        Assert.Equal(($"Failed: {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    private static string Audience(FakePlatform machine)
    {
        var address = Assert.Single(machine.Sent, sent => sent.Address.StartsWith(RequestPath, StringComparison.Ordinal)).Address;
        return Uri.UnescapeDataString(address.Split("&audience=")[1]);
    }

    private static FakePlatform Machine() => LogIn.MachineFor("github-oidc")
        .With("ACTIONS_ID_TOKEN_REQUEST_URL", RequestUrl)
        .With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "some-request-token")
        .Answers(RequestPath, """{"count":1,"value":"first-jwt"}""")
        .Answers(LogIn.TokenEndpoint, LogIn.Answer);
}
