using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>
/// A workspace that is known by its Azure resource id, or with it: headers, and finding the host (authentication reference §6.5).
/// </summary>
public class AzureResourceIdTests
{
    private const string ResourceId =
        "/subscriptions/some-sub/resourceGroups/some-group/providers/Microsoft.Databricks/workspaces/some-workspace";
    private const string Entra = "https://login.microsoftonline.com/some-tenant/oauth2/token";
    private const string Answer = """{"token_type":"Bearer","expires_in":"3599","access_token":"entra-token"}""";
    private const string Form = "grant_type=client_credentials&client_id=some-client&client_secret=some-secret&resource=";
    private const string Finding = "Requesting the workspace URL from Azure";

    public static TheoryData<string?, string, string, string> Clouds => new()
    {
        { null, "https://login.microsoftonline.com/", "https://management.azure.com/", "https://management.core.windows.net/" },
        { "PUBLIC", "https://login.microsoftonline.com/", "https://management.azure.com/", "https://management.core.windows.net/" },
        {
            "azurepubliccloud",
            "https://login.microsoftonline.com/", "https://management.azure.com/", "https://management.core.windows.net/"
        },
        {
            "UsGovernment",
            "https://login.microsoftonline.us/", "https://management.usgovcloudapi.net/", "https://management.core.usgovcloudapi.net/"
        },
        {
            "AzureUSGovernment",
            "https://login.microsoftonline.us/", "https://management.usgovcloudapi.net/", "https://management.core.usgovcloudapi.net/"
        },
        { "china", "https://login.chinacloudapi.cn/", "https://management.chinacloudapi.cn/", "https://management.core.chinacloudapi.cn/" },
        {
            "AzureChinaCloud",
            "https://login.chinacloudapi.cn/", "https://management.chinacloudapi.cn/", "https://management.core.chinacloudapi.cn/"
        },
    };

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task Without_a_host_the_setting_names_the_cloud_and_every_address_ends_with_a_slash(
        string? environment, string authority, string resourceManager, string serviceManagement)
    {
        var machine = Machine().With("ARM_ENVIRONMENT", environment ?? "")
            .Answers($"{authority}some-tenant/oauth2/token", Answer)
            .Answers($"{resourceManager}{ResourceId[1..]}", """{"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}}""");

        var host = await machine.FoundHost();

        Assert.Equal("https://adb-1.2.azuredatabricks.net/", host);
        Assert.Equal(
            [
                $"POST {authority}some-tenant/oauth2/token {Form}2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
                $"POST {authority}some-tenant/oauth2/token {Form}{Uri.EscapeDataString(serviceManagement)}",
                $"POST {authority}some-tenant/oauth2/token {Form}{Uri.EscapeDataString(resourceManager)}",
                $"GET {resourceManager}{ResourceId[1..]}?api-version=2018-04-01 ",
            ],
            machine.Sent.Select(sent => $"{sent.Method} {sent.Address} {sent.Body}"));
    }

    [Theory]
    [InlineData(ResourceId)]
    [InlineData("subscriptions/some-sub/resourceGroups/some-group/providers/Microsoft.Databricks/workspaces/some-workspace")]
    public async Task The_resource_manager_is_asked_with_one_slash_and_its_own_token(string resourceId)
    {
        var machine = Machine(resourceId).Answers(Entra, Answer).Answers(Entra, Answer)
            .Answers(Entra, """{"expires_in":3599,"access_token":"manager-token"}""")
            .Answers($"https://management.azure.com{ResourceId}", """{"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}}""");

        await machine.FoundHost();

        Assert.Equal(
            $"""
            GET https://management.azure.com{ResourceId}?api-version=2018-04-01
            Accept: application/json
            Authorization: Bearer manager-token
            """,
            machine.Sent[^1].Text);
    }

    [Fact]
    public async Task The_first_request_finds_the_host_and_goes_there_with_all_headers()
    {
        var machine = Machine().Answers(Entra, Answer)
            .Answers(Entra, """{"expires_in":"3599","access_token":"management-token"}""")
            .Answers(Entra, """{"expires_in":"3599","access_token":"manager-token"}""")
            .Answers($"https://management.azure.com{ResourceId}", """{"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}}""");
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var client = new DatabricksServingClient(
            service.Options(options => (options.Host, options.Credential) = (null, null)), machine);

        Assert.Throws<InvalidOperationException>(() => client.Host);
        await client.GetChatClient("some-endpoint").GetResponseAsync(Some.Question());
        await client.GetChatClient("some-endpoint").GetResponseAsync(Some.Question());

        Assert.Equal(("https://adb-1.2.azuredatabricks.net/", 4), (client.Host.AbsoluteUri, machine.Sent.Count));
        Assert.All(service.Sent, sent => Assert.Equal(
            ("https://adb-1.2.azuredatabricks.net/serving-endpoints/some-endpoint/invocations",
                "Bearer entra-token",
                ResourceId,
                "management-token"),
            (sent.Uri.AbsoluteUri,
                sent.Headers["Authorization"],
                sent.Headers["X-Databricks-Azure-Workspace-Resource-Id"],
                sent.Headers["X-Databricks-Azure-SP-Management-Token"])));
    }

    [Theory]
    [InlineData(null, "X-Databricks-Azure-Workspace-Resource-Id, X-Databricks-Azure-SP-Management-Token")]
    [InlineData("true", "X-Databricks-Azure-Workspace-Resource-Id, X-Databricks-Azure-SP-Management-Token")]
    [InlineData("false", "X-Databricks-Azure-Workspace-Resource-Id")]
    public async Task With_a_resource_id_the_management_token_goes_along_unless_code_forbids_it(string? managementToken, string headers)
    {
        var machine = Machine().With("DATABRICKS_HOST", LogIn.AzureHost).Answers(Entra, Answer);

        var token = await (managementToken is null ? machine.Token() : machine.Token((SettingTable.AzureManagementToken, managementToken)));

        Assert.Equal(headers, string.Join(", ", token.SentHeaders().Select(header => header.Key)));
    }

    [Theory]
    [InlineData(
        404, """{"error":{"code":"ResourceNotFound","message":"There is no such workspace."}}""",
        " returned 404 NotFound: ResourceNotFound: There is no such workspace.")]
    [InlineData(403, """{"error":{"code":"AuthorizationFailed","message":"No."}}""", " returned 403 Forbidden: AuthorizationFailed: No.")]
    public async Task A_refusal_of_the_resource_manager_says_what_it_said(int status, string body, string reason)
    {
        var machine = Machine().Answers(Entra, Answer).Answers($"https://management.azure.com{ResourceId}", body, (HttpStatusCode)status);

        Assert.Equal($"{Finding}: https://management.azure.com{ResourceId}{reason}", await LookupFailure(machine));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"properties":{"workspaceUrl":""}}""")]
    public async Task An_answer_without_an_address_is_refused(string body)
    {
        var machine = Machine().Answers(Entra, Answer).Answers($"https://management.azure.com{ResourceId}", body);

        Assert.Equal($"{Finding}: the response has no 'properties.workspaceUrl'.", await LookupFailure(machine));
    }

    [Theory]
    [InlineData("https://evil.example/subscriptions/s")]
    [InlineData("//evil.example/subscriptions/s")]
    [InlineData("http://management.azure.com/subscriptions/s")]
    [InlineData("https://management.azure.com:444/subscriptions/s")]
    [InlineData("some-workspace")]
    [InlineData("/subscriptions/s?api-version=1")]
    [InlineData("/subscriptions/s#")]
    public async Task What_is_no_resource_id_is_said_before_any_token_is_asked_for(string resourceId)
    {
        var machine = Machine(resourceId);

        Assert.Equal(
            ($"Failed: azure_workspace_resource_id '{resourceId}' is no resource id; those start with /subscriptions/.", 0),
            (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task A_cloud_that_is_none_is_named_and_what_is_configured_told_once()
    {
        var failure = await Machine().With("ARM_ENVIRONMENT", "MOON").Failure();

        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
        Assert.Equal(
            "azure_environment is 'MOON', which is none of PUBLIC, USGOVERNMENT and CHINA.", Assert.Single(failure.Attempts).Reason);
    }

    [Theory]
    [InlineData("https:/x", "'https:/x' names no host. Write it as https://<workspace>.")]
    [InlineData("http://x", "'http://x' does not use https. Plain http is accepted for loopback addresses alone.")]
    public async Task An_address_that_no_token_may_go_to_is_refused(string url, string reason)
    {
        var machine = Machine().Answers(Entra, Answer)
            .Answers($"https://management.azure.com{ResourceId}", $$$"""{"properties":{"workspaceUrl":"{{{url}}}"}}""");

        Assert.Equal($"{Finding}: 'properties.workspaceUrl' of the response {reason}", await LookupFailure(machine));
    }

    [Fact]
    public async Task A_lookup_that_fails_is_reported_with_every_attempt_before_it()
    {
        var machine = Machine().With("DATABRICKS_AUTH_TYPE", "").Answers(Entra, Answer)
            .Answers($"https://management.azure.com{ResourceId}", "{}", HttpStatusCode.Forbidden);

        var failure = await Assert.ThrowsAsync<DatabricksCredentialException>(() => machine.FoundHost());

        Assert.Equal(DatabricksCredentialFailure.ProviderFailed, failure.Failure);
        Assert.Equal(
            ("pat", DatabricksCredentialOutcome.Declined), (failure.Attempts[0].AuthType, failure.Attempts[0].Outcome));
        Assert.Equal(
            new DatabricksCredentialAttempt(
                "azure-client-secret", DatabricksCredentialOutcome.Failed,
                $"{Finding}: https://management.azure.com{ResourceId} returned 403 Forbidden"),
            Assert.Single(failure.Attempts, attempt => attempt.Outcome == DatabricksCredentialOutcome.Failed));
        Assert.DoesNotContain(failure.Attempts, attempt => attempt.Outcome == DatabricksCredentialOutcome.Selected);
    }

    private static async Task<string> LookupFailure(FakePlatform machine)
    {
        var failure = await Assert.ThrowsAsync<DatabricksCredentialException>(() => machine.FoundHost());
        var attempt = Assert.Single(failure.Attempts);
        Assert.Equal(
            (DatabricksCredentialFailure.ProviderFailed, "azure-client-secret", DatabricksCredentialOutcome.Failed),
            (failure.Failure, attempt.AuthType, attempt.Outcome));
        Assert.StartsWith(
            $"Authentication type 'azure-client-secret' failed: {attempt.Reason.TrimEnd('.')}. Configured:", failure.Message,
            StringComparison.Ordinal);
        return attempt.Reason;
    }

    private static FakePlatform Machine(string resourceId = ResourceId) => LogIn.MachineFor("azure-client-secret", "")
        .With("ARM_CLIENT_ID", "some-client").With("ARM_CLIENT_SECRET", "some-secret").With("ARM_TENANT_ID", "some-tenant")
        .With("DATABRICKS_AZURE_RESOURCE_ID", resourceId);
}
