using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A job of GitHub Actions that is an Entra service principal (authentication reference §6.9).</summary>
public class GitHubOidcAzureCredentialSourceTests
{
    private const string GitHub = "https://pipelines.actions.githubusercontent.com/abc/idtoken";
    private const string Entra = "https://login.microsoftonline.com/some-tenant/oauth2/token";
    private const string Answer = """{"token_type":"Bearer","expires_in":"3599","access_token":"entra-token"}""";

    [Fact]
    public async Task GitHubs_token_is_the_assertion_to_Entra()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant");

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("entra-token", machine.Clock.GetUtcNow().AddSeconds(3599)), token);
        Assert.Equal(
            [
                $"""
                GET {GitHub}?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange
                Accept: application/json
                Authorization: Bearer some-request-token
                """,
                $"""
                POST {Entra}
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded

                {Form("first-jwt")}
                """,
            ],
            machine.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public async Task Each_token_has_an_assertion_of_its_own()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Answers(GitHub, """{"value":"second-jwt"}""");

        await machine.TwoTokens();

        Assert.Equal([Form("first-jwt"), Form("second-jwt")], machine.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Body));
    }

    [Fact]
    public async Task A_tenant_that_is_not_configured_is_asked_of_the_workspace_once()
    {
        var machine = Machine().Answers(
            $"{LogIn.AzureHost}/oidc/oauth2/v2.0/authorize", "", HttpStatusCode.Found,
            ("Location", "https://login.microsoftonline.com/some-tenant/x"));

        await machine.TwoTokens();

        Assert.Equal(
            ["GET https://adb-1.2.azuredatabricks.net/oidc/oauth2/v2.0/authorize", $"POST {Entra}", $"POST {Entra}"],
            machine.Sent.Where(
                sent => !sent.Address.StartsWith(GitHub, StringComparison.Ordinal)).Select(sent => $"{sent.Method} {sent.Address}"));
    }

    [Fact]
    public async Task No_management_token_goes_along()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/w");

        Assert.Null((await machine.Token()).Headers);
    }

    [Theory]
    [InlineData("ARM_CLIENT_ID", "azure_client_id (ARM_CLIENT_ID)")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL", "actions_id_token_request_url (ACTIONS_ID_TOKEN_REQUEST_URL)")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "actions_id_token_request_token (ACTIONS_ID_TOKEN_REQUEST_TOKEN)")]
    public async Task What_is_missing_is_named_and_no_request_is_sent(string missing, string name)
    {
        var machine = Machine().With(missing, "");

        Assert.Equal(($"Declined: {name} not set", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task A_service_that_echoes_the_assertion_does_not_get_it_into_the_message()
    {
        var machine = LogIn.MachineFor("github-oidc-azure", LogIn.AzureHost).With("ARM_CLIENT_ID", "some-client")
            .With("ARM_TENANT_ID", "some-tenant")
            .With("ACTIONS_ID_TOKEN_REQUEST_URL", GitHub).With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "some-request-token")
            .Answers(GitHub, """{"value":"first-jwt"}""")
            .Answers(
                Entra, """{"error":"invalid_client","error_description":"AADSTS70021: first-jwt matches nothing."}""",
                HttpStatusCode.BadRequest);

        Assert.Equal(
            $"Failed: Requesting a token for the service principal from Entra: {Entra} returned 400 BadRequest: invalid_client: " +
            "AADSTS70021: *** matches nothing.",
            await machine.Refusal());
    }

    [Fact]
    public async Task On_another_cloud_it_declines_and_says_what_to_set()
    {
        var machine = Machine().With("DATABRICKS_HOST", LogIn.Host);

        Assert.Equal(
            ("Declined: the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name", 0),
            (await machine.Refusal(), machine.Sent.Count));
    }

    private static string Form(string assertion) =>
        "grant_type=client_credentials&client_id=some-client" +
            "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer" +
        $"&client_assertion={assertion}&resource=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    private static FakePlatform Machine() => LogIn.MachineFor("github-oidc-azure", LogIn.AzureHost)
        .With("ARM_CLIENT_ID", "some-client")
        .With("ACTIONS_ID_TOKEN_REQUEST_URL", $"{GitHub}?api-version=2.0")
        .With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "some-request-token")
        .Answers(GitHub, """{"value":"first-jwt"}""")
        .Answers(Entra, Answer);
}
