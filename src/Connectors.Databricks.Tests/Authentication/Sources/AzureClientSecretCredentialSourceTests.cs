using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>An Entra service principal with a secret (authentication reference §6.5).</summary>
public class AzureClientSecretCredentialSourceTests
{
    private const string Databricks = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
    private const string Entra = "https://login.microsoftonline.com/some-tenant/oauth2/token";
    private const string Answer = """{"token_type":"Bearer","expires_in":"3599","expires_on":"1790000000","access_token":"entra-token"}""";
    private const string Form = "grant_type=client_credentials&client_id=some-client&client_secret=some-secret&resource=";

    [Fact]
    public async Task The_secret_travels_in_the_form_and_the_resource_is_Databricks()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Answers(Entra, Answer);

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("entra-token", machine.Clock.GetUtcNow().AddSeconds(3599)), token);
        Assert.Equal(
            $"""
            POST {Entra}
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            {Form}{Databricks}
            """,
            Assert.Single(machine.Sent).Text);
    }

    [Theory]
    [InlineData("https://adb-1.2.dev.azuredatabricks.net", "https://login.microsoftonline.com/", "62a912ac-b58e-4c1d-89ea-b2dbfc7358fc")]
    [InlineData(
        "https://adb-1.2.staging.azuredatabricks.net", "https://login.microsoftonline.com/", "4a67d088-db5c-48f1-9ff2-0aace800ae68")]
    [InlineData("https://adb-1.2.azuredatabricks.net", "https://login.microsoftonline.com/", Databricks)]
    [InlineData("https://adb-1.2.databricks.azure.us", "https://login.microsoftonline.us/", Databricks)]
    [InlineData("https://adb-1.2.databricks.azure.cn", "https://login.chinacloudapi.cn/", Databricks)]
    public async Task Authority_and_resource_follow_from_the_hosts_name(string host, string authority, string resource)
    {
        var machine = Machine(host).With("ARM_TENANT_ID", "some-tenant").With("ARM_ENVIRONMENT", "PUBLIC")
            .Answers($"{authority}some-tenant/oauth2/token", Answer);

        await machine.Token();

        Assert.Equal(Form + resource, Assert.Single(machine.Sent).Body);
    }

    [Fact]
    public async Task A_tenant_that_is_not_configured_is_asked_of_the_workspace_once()
    {
        var machine = Machine()
            .Answers(
                $"{LogIn.AzureHost}/aad/auth", "", HttpStatusCode.Redirect,
                ("Location", "https://login.microsoftonline.com/some-tenant/x?y=z"))
            .Answers(Entra, Answer);

        await machine.TwoTokens();

        Assert.Equal(
            ["GET https://adb-1.2.azuredatabricks.net/aad/auth\nAccept: application/json", $"POST {Entra}", $"POST {Entra}"],
            machine.Sent.Select((sent, index) => index == 0 ? sent.Text : $"{sent.Method} {sent.Address}"));
    }

    [Theory]
    [InlineData(302, null)]
    [InlineData(302, "/relative/path")]
    [InlineData(302, "https://login.microsoftonline.com")]
    [InlineData(302, "https://login.microsoftonline.com//x")]
    [InlineData(200, "https://login.microsoftonline.com/some-tenant/oauth2/authorize")]
    [InlineData(404, null)]
    public async Task A_workspace_that_names_no_tenant_makes_the_setting_needed(int status, string? location)
    {
        var machine = Machine().Answers(
            $"{LogIn.AzureHost}/aad/auth", "", (HttpStatusCode)status, location is null ? [] : [("Location", location)]);

        Assert.Equal(
            "Failed: Requesting the Entra tenant from the workspace: adb-1.2.azuredatabricks.net does not redirect to a login page that " +
            "names one. Set ARM_TENANT_ID.",
            await machine.Refusal());
    }

    [Fact]
    public async Task Without_a_host_and_a_tenant_the_tenant_is_needed()
    {
        var machine = Machine("").With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/workspaces/w");

        Assert.Equal(
            "Failed: Requesting the Entra tenant from the workspace: there is no host to query. Set ARM_TENANT_ID.",
            await machine.Refusal());
    }

    [Theory]
    [InlineData("", "", "azure_client_id (ARM_CLIENT_ID) and azure_client_secret (ARM_CLIENT_SECRET) not set")]
    [InlineData("some-client", "", "azure_client_secret (ARM_CLIENT_SECRET) not set")]
    [InlineData("", "some-secret", "azure_client_id (ARM_CLIENT_ID) not set")]
    public async Task What_is_missing_is_named_and_no_request_is_sent(string client, string secret, string reason)
    {
        var machine = Machine().With("ARM_CLIENT_ID", client).With("ARM_CLIENT_SECRET", secret);

        Assert.Equal(($"Declined: {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task On_another_cloud_it_declines_without_a_request()
    {
        var machine = Machine(LogIn.Host);

        Assert.Equal(
            ("Declined: the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name", 0),
            (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task A_private_name_is_Azures_when_the_setting_is_Azure()
    {
        var machine = Machine("https://databricks.example").With("DATABRICKS_CLOUD", "azure").With("ARM_TENANT_ID", "some-tenant")
            .Answers(Entra, Answer);

        Assert.Equal(("entra-token", 1), ((await machine.Token()).Value, machine.Sent.Count));
    }

    [Fact]
    public async Task A_private_name_is_Azures_when_the_host_metadata_is()
    {
        var machine = Machine("https://databricks.example").With("ARM_TENANT_ID", "some-tenant").Answers(Entra, Answer)
            .Answers("https://databricks.example/.well-known/databricks-config", """{"cloud":"Azure"}""");

        Assert.Equal("entra-token", (await machine.Token()).Value);
    }

    [Fact]
    public async Task A_refusal_of_Entra_is_given_without_ids_for_its_support()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Answers(
            Entra,
            """
            {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret 'some-secret' provided. Trace ID: 1 Correlation ID: 2",
             "error_codes":[7000215],"trace_id":"1","error_uri":"https://login.microsoftonline.com/error?code=7000215"}
            """,
            HttpStatusCode.Unauthorized);

        Assert.Equal(
            $"Failed: Requesting a token for the service principal from Entra: {Entra} returned 401 Unauthorized: invalid_client: " +
            "AADSTS7000215: Invalid client secret '***' provided. See https://login.microsoftonline.com/error?code=7000215",
            await machine.Refusal());
    }

    [Fact]
    public async Task The_management_token_goes_along_when_code_asks_for_it()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Answers(Entra, Answer)
            .Answers(Entra, """{"token_type":"Bearer","expires_in":"1800","access_token":"management-token"}""");

        var token = await machine.Token((SettingTable.AzureManagementToken, "true"));

        Assert.Equal(
            [$"{Form}{Databricks}", $"{Form}https%3A%2F%2Fmanagement.core.windows.net%2F"], machine.Sent.Select(sent => sent.Body));
        Assert.Equal([KeyValuePair.Create("X-Databricks-Azure-SP-Management-Token", "management-token")], token.SentHeaders());
        Assert.Equal(("entra-token", machine.Clock.GetUtcNow().AddSeconds(1800)), (token.Value, token.ExpiresOn));
    }

    [Fact]
    public async Task A_management_token_that_is_refused_fails_the_log_in()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Answers(Entra, Answer).Answers(Entra, "", HttpStatusCode.Forbidden);

        Assert.Equal(
            $"Failed: Requesting a token for the service principal from Entra: {Entra} returned 403 Forbidden",
            await machine.Refusal((SettingTable.AzureManagementToken, "true")));
    }

    [Fact]
    public async Task The_tenant_is_one_segment_of_the_address()
    {
        var machine = Machine().With("ARM_TENANT_ID", "a/b?c").Answers("https://login.microsoftonline.com/a%2Fb%3Fc/oauth2/token", Answer);

        Assert.Equal("entra-token", (await machine.Token()).Value);
    }

    private static FakePlatform Machine(string host = LogIn.AzureHost) =>
        LogIn.MachineFor("azure-client-secret", host).With("ARM_CLIENT_ID", "some-client").With("ARM_CLIENT_SECRET", "some-secret");
}
