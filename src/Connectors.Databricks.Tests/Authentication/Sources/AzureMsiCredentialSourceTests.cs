using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>The managed identity of an Azure machine (authentication reference §6.6).</summary>
public class AzureMsiCredentialSourceTests
{
    private const string Service = "http://169.254.169.254/metadata/identity/oauth2/token";
    private const string Databricks = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
    private const string Answer =
        """{"access_token":"msi-token","token_type":"Bearer","expires_in":"86000","expires_on":"1790859600","resource":"x"}""";
    private const string Asking = "Requesting a token from Azure's instance metadata service";

    [Fact]
    public async Task The_instance_metadata_service_is_asked()
    {
        var machine = Machine().Answers(Service, Answer);

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("msi-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            $"""
            GET {Service}?api-version=2018-02-01&resource={Databricks}
            Accept: application/json
            Metadata: true
            """,
            Assert.Single(machine.Sent).Text);
    }

    [Fact]
    public async Task One_of_several_identities_is_named_by_its_client_id()
    {
        var machine = Machine().With("ARM_CLIENT_ID", "some client").Answers(Service, Answer);

        await machine.Token();

        Assert.Equal(
            $"{Service}?api-version=2018-02-01&resource={Databricks}&client_id=some%20client", Assert.Single(machine.Sent).Address);
    }

    [Fact]
    public async Task The_management_token_and_the_resource_id_go_along_when_there_is_a_resource_id()
    {
        var machine = Machine().With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/w").Answers(Service, Answer)
            .Answers(Service, """{"access_token":"management-token","expires_on":1790856060}""");

        var token = await machine.Token();

        Assert.Equal($"{Service}?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.core.windows.net%2F", machine.Sent[1].Address);
        Assert.Equal(
            [
                KeyValuePair.Create("X-Databricks-Azure-Workspace-Resource-Id", "/subscriptions/s/w"),
                KeyValuePair.Create("X-Databricks-Azure-SP-Management-Token", "management-token"),
            ],
            token.SentHeaders());
        Assert.Equal(("msi-token", machine.Clock.GetUtcNow().AddSeconds(60)), (token.Value, token.ExpiresOn));
    }

    [Fact]
    public async Task It_finds_the_host_by_the_resource_id()
    {
        var machine = Machine("").With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/w").Answers(Service, Answer)
            .Answers("https://management.azure.com/subscriptions/s/w", """{"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}}""");

        Assert.Equal("https://adb-1.2.azuredatabricks.net/", await machine.FoundHost());
    }

    [Theory]
    [InlineData(
        400, """{"error":"invalid_request","error_description":"Identity not found"}""",
        ": http://169.254.169.254/metadata/identity/oauth2/token returned 400 BadRequest: invalid_request: Identity not found")]
    [InlineData(200, """{"expires_on":"1790859600"}""", ": the response has no 'access_token'.")]
    [InlineData(
        200, """{"access_token":"t","expires_on":"soon"}""", ": the response has no 'expires_on' that is a number of seconds since 1970.")]
    [InlineData(
        200, """{"access_token":"t","expires_in":"3600"}""", ": the response has no 'expires_on' that is a number of seconds since 1970.")]
    public async Task A_refusal_says_what_the_service_said(int status, string body, string reason) =>
        Assert.Equal($"Failed: {Asking}{reason}", await Machine().Answers(Service, body, (HttpStatusCode)status).Refusal());

    [Theory]
    [InlineData("")]
    [InlineData("false")]
    [InlineData("0")]
    public async Task Without_the_flag_it_declines(string flag) => Assert.Equal(
        "Declined: azure_use_msi (ARM_USE_MSI) is not true", await Machine().With("ARM_USE_MSI", flag).Refusal());

    [Theory]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("T")]
    public async Task The_flag_is_a_boolean_in_any_of_its_spellings(string flag) =>
        Assert.Equal("msi-token", (await Machine().With("ARM_USE_MSI", flag).Answers(Service, Answer).Token()).Value);

    [Fact]
    public async Task On_another_cloud_it_declines_without_a_request()
    {
        var machine = Machine(LogIn.Host);

        Assert.Equal(
            ("Declined: the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name", 0),
            (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task Each_attempt_gets_ten_seconds()
    {
        var machine = Machine().Answers(Service, Never).Answers(Service, Answer);

        var token = machine.Token();
        await Task.WhenAny(token, machine.Clock.TimerWithin(TimeSpan.FromSeconds(10)));
        machine.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("msi-token", (await token).Value);
    }

    private static async Task<HttpResponseMessage> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("An infinite wait has ended.");
    }

    private static FakePlatform Machine(string host = LogIn.AzureHost) => LogIn.MachineFor("azure-msi", host).With("ARM_USE_MSI", "true");
}
