using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A service principal with an OAuth secret (authentication reference §6.3).</summary>
public class OAuthM2MCredentialSourceTests
{
    private const string Asking = $"Requesting a token for the service principal: {LogIn.TokenEndpoint}";
    private const string Advice =
        ". Check client_id and client_secret: OAuth secrets expire, and are created on the service principal's Secrets tab.";

    [Fact]
    public async Task The_secret_travels_in_the_header_and_the_grant_in_the_form()
    {
        var machine = Machine().Answers(LogIn.TokenEndpoint, LogIn.Answer);

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            """
            POST https://some-workspace.cloud.databricks.com/oidc/v1/token
            Accept: application/json
            Authorization: Basic c29tZS1jbGllbnQ6c29tZS1zZWNyZXQ=
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&scope=all-apis
            """,
            machine.Sent[^1].Text);
    }

    [Fact]
    public async Task The_endpoint_is_discovered_once_and_the_token_requested_again()
    {
        var machine = Machine()
            .Answers(LogIn.TokenEndpoint, LogIn.Answer)
            .Answers(LogIn.TokenEndpoint, """{"access_token":"second-token","token_type":"Bearer","expires_in":3600}""");

        var (first, second) = await machine.TwoTokens();

        Assert.Equal(("some-access-token", "second-token"), (first.Value, second.Value));
        Assert.Equal(
            [
                "GET https://some-workspace.cloud.databricks.com/.well-known/databricks-config",
                "GET https://some-workspace.cloud.databricks.com/oidc/.well-known/oauth-authorization-server",
                "POST https://some-workspace.cloud.databricks.com/oidc/v1/token",
                "POST https://some-workspace.cloud.databricks.com/oidc/v1/token",
            ],
            machine.Sent.Select(sent => $"{sent.Method} {sent.Address}"));
    }

    [Theory]
    [InlineData("sql", "sql")]
    [InlineData("sql, all-apis", "all-apis+sql")]
    [InlineData("b,a,,b , B", "B+a+b")]
    [InlineData(",", "all-apis")]
    public async Task Scopes_are_sent_once_each_in_order(string configured, string sent)
    {
        var machine = Machine().Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token((SettingTable.Scopes, configured));

        Assert.Equal($"grant_type=client_credentials&scope={sent}", machine.Sent[^1].Body);
    }

    [Fact]
    public async Task Authorization_details_are_sent_as_they_are()
    {
        var machine = Machine().Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token((SettingTable.AuthorizationDetails, """[{"type":"workspace_permission"}]"""));

        Assert.Equal(
            "grant_type=client_credentials&scope=all-apis&authorization_details=%5B%7B%22type%22%3A%22workspace_permission%22%7D%5D",
            machine.Sent[^1].Body);
    }

    [Fact]
    public async Task Id_and_secret_are_form_encoded_before_they_are_joined()
    {
        var pair = Convert.ToBase64String("some+id%3A1:a%2Fb%2Bc+%C3%BC"u8);
        var machine = Machine("some id:1", "a/b+c ü").Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token();

        Assert.Equal($"Basic {pair}", machine.Sent[^1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData(null, null, "client_id (DATABRICKS_CLIENT_ID) and client_secret (DATABRICKS_CLIENT_SECRET) not set")]
    [InlineData("some-client", null, "client_secret (DATABRICKS_CLIENT_SECRET) not set")]
    [InlineData(null, "some-secret", "client_id (DATABRICKS_CLIENT_ID) not set")]
    public async Task What_is_missing_is_named_and_no_request_is_sent(string? client, string? secret, string reason)
    {
        var machine = Machine(client ?? "", secret ?? "");

        Assert.Equal(($"Declined: {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Theory]
    [InlineData(
        401, """{"error":"invalid_client","error_description":"Client authentication failed"}""",
        "returned 401 Unauthorized: invalid_client: Client authentication failed" + Advice)]
    [InlineData(
        400, """{"error":"invalid_client","error_description":"No such client."}""",
        "returned 400 BadRequest: invalid_client: No such client" + Advice)]
    [InlineData(401, "", "returned 401 Unauthorized" + Advice)]
    [InlineData(
        400, """{"error":"invalid_scope","error_description":"Unknown scope 'x'."}""",
        "returned 400 BadRequest: invalid_scope: Unknown scope 'x'.")]
    [InlineData(
        400, """{"errorCode":"E0000022","errorSummary":"The endpoint does not support the method."}""",
        "returned 400 BadRequest: E0000022: The endpoint does not support the method.")]
    [InlineData(
        403, """{"error_code":"PERMISSION_DENIED","message":"Not for you."}""", "returned 403 Forbidden: PERMISSION_DENIED: Not for you.")]
    [InlineData(400, """{"error":"invalid_authorization_details"}""", "returned 400 BadRequest: invalid_authorization_details")]
    [InlineData(500, "<html>Oops</html>", "returned 500 InternalServerError")]
    [InlineData(200, "<html>Log in</html>", "returned 200 without a JSON object.")]
    [InlineData(200, "[]", "returned 200 without a JSON object.")]
    [InlineData(302, "", "returned 302 Found")]
    public async Task A_refusal_says_what_the_service_said(int status, string body, string text)
    {
        var machine = Machine().Answers(LogIn.TokenEndpoint, body, (HttpStatusCode)status);

        Assert.Equal($"Failed: {Asking} {text}", await machine.Refusal());
    }

    [Theory]
    [InlineData("some-secret")]
    [InlineData("c29tZS1jbGllbnQ6c29tZS1zZWNyZXQ=")]
    public async Task A_service_that_echoes_the_secret_does_not_get_it_into_the_message(string echo)
    {
        var machine = Machine().Answers(
            LogIn.TokenEndpoint, $$"""{"error":"bad","error_description":"You sent {{echo}}."}""", HttpStatusCode.BadRequest);

        Assert.Equal($"Failed: {Asking} returned 400 BadRequest: bad: You sent ***.", await machine.Refusal());
    }

    [Fact]
    public async Task An_additional_Entra_client_id_causes_no_request_to_Entra()
    {
        var machine = LogIn.MachineFor("oauth-m2m", LogIn.AzureHost)
            .With("DATABRICKS_CLIENT_ID", "some-client").With("DATABRICKS_CLIENT_SECRET", "some-secret")
                .With("ARM_CLIENT_ID", "entra-client")
            .WithOAuth(LogIn.AzureHost).Answers($"{LogIn.AzureHost}/oidc/v1/token", LogIn.Answer);

        await machine.Token();

        Assert.All(machine.Sent, sent => Assert.StartsWith(LogIn.AzureHost, sent.Address, StringComparison.Ordinal));
    }

    private static FakePlatform Machine(string client = "some-client", string secret = "some-secret") => LogIn.MachineFor("oauth-m2m")
        .With("DATABRICKS_CLIENT_ID", client).With("DATABRICKS_CLIENT_SECRET", secret).WithOAuth();
}
