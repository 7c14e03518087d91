using System.ComponentModel;
using System.Net;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>What the Azure CLI is asked, and what is made of its answers (authentication reference §6.7).</summary>
public class AzureCliCredentialSourceTests
{
    private const string Az = "/usr/bin/az";
    private const string Get = "account get-access-token --resource 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --output json";
    private const string GetManagement = "account get-access-token --resource https://management.core.windows.net/ --output json";
    private const string GetManager = "account get-access-token --resource https://management.azure.com/ --output json";
    private const string Show = "account show --output json";
    private const string Person = """{"user":{"type":"user","name":"someone@example.com"}}""";
    private const string Good =
        """{"accessToken":"az-token","tokenType":"Bearer","expiresOn":"2026-10-01 01:02:03.000000","expires_on":1790859600}""";
    private const string Failed = "Requesting a token from the Azure CLI failed: ";

    [Fact]
    public async Task The_token_is_that_of_the_CLI_for_the_tenant_of_the_workspace()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Says(Az, Show, Person).Says(Az, $"{Get} --tenant some-tenant", Good);

        Assert.Equal(new DatabricksAccessToken("az-token", machine.Clock.GetUtcNow().AddHours(1)), await machine.Token());
        Assert.Equal(
            [(Az, Show, 50.0), (Az, $"{Get} --tenant some-tenant", 50.0)],
            machine.Runs.Select(run => (run.Path, string.Join(' ', run.Arguments), run.Timeout.TotalSeconds)));
    }

    [Fact]
    public async Task A_tenant_that_is_not_configured_is_asked_of_the_workspace()
    {
        var machine = Machine().Says(Az, Show, Person).Says(Az, $"{Get} --tenant found-tenant", Good).Answers(
            $"{LogIn.AzureHost}/aad/auth", "", HttpStatusCode.Redirect,
            ("Location", "https://login.microsoftonline.com/found-tenant/oauth2/authorize"));

        Assert.Equal("az-token", (await machine.Token()).Value);
    }

    [Fact]
    public async Task Where_no_tenant_is_found_the_CLI_uses_its_own()
    {
        var machine = Machine().Says(Az, Get, Good).Answers($"{LogIn.AzureHost}/aad/auth", "", HttpStatusCode.NotFound);

        await machine.Token();

        Assert.Equal([Get], Commands(machine));
    }

    [Theory]
    [InlineData("systemAssignedIdentity")]
    [InlineData("userAssignedIdentity")]
    public async Task A_managed_identity_is_not_told_the_tenant(string name)
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant")
            .Says(Az, Show, $$$"""{"user":{"type":"servicePrincipal","name":"{{{name}}}"}}""").Says(Az, Get, Good);

        await machine.Token();

        Assert.Equal([Show, Get], Commands(machine));
    }

    [Theory]
    [InlineData("""{"user":{"type":"user","name":"systemAssignedIdentity"}}""")]
    [InlineData("""{"user":"someone"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task Anybody_else_is_told_the_tenant_and_no_second_try_is_made(string account)
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant").Says(Az, Show, account);

        Assert.Equal($"Failed: {Failed}nothing to say to '{Get} --tenant some-tenant'", await machine.Refusal());
        Assert.Equal([Show, $"{Get} --tenant some-tenant"], Commands(machine));
    }

    [Fact]
    public async Task A_service_principal_that_fails_with_the_tenant_is_tried_without_and_from_then_on_without()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant")
            .Says(Az, Show, """{"user":{"type":"servicePrincipal","name":"11111111-2222-3333-4444-555555555555"}}""").Says(Az, Get, Good);

        await machine.TwoTokens();

        Assert.Equal([Show, $"{Get} --tenant some-tenant", Get, Get], Commands(machine));
    }

    [Fact]
    public async Task A_service_principal_that_succeeds_with_the_tenant_keeps_it()
    {
        var machine = Machine().With("ARM_TENANT_ID", "some-tenant")
            .Says(
                Az, Show,
                """{"user":{"type":"servicePrincipal","name":"11111111-2222-3333-4444-555555555555"}}""").Says(Az,
                $"{Get} --tenant some-tenant", Good);

        await machine.TwoTokens();

        Assert.Equal([Show, $"{Get} --tenant some-tenant", $"{Get} --tenant some-tenant"], Commands(machine));
    }

    [Fact]
    public async Task Without_a_tenant_the_subscription_of_the_resource_id_is_named()
    {
        var machine = ByResourceId().Says(Az, $"{GetManager} --subscription some-sub", Good)
            .Says(Az, $"{Get} --subscription some-sub", Good);

        await machine.Token();

        Assert.Equal(
            [$"{GetManager} --subscription some-sub", $"{Get} --subscription some-sub", $"{GetManagement} --subscription some-sub"],
            Commands(machine));
    }

    [Fact]
    public async Task A_subscription_that_the_CLI_does_not_know_is_left_out()
    {
        var machine = ByResourceId().Says(Az, GetManager, Good).Says(Az, Get, Good);

        await machine.Token();

        Assert.Equal([$"{GetManager} --subscription some-sub", GetManager, Get, GetManagement], Commands(machine));
    }

    [Fact]
    public async Task The_host_is_found_with_the_token_that_showed_who_is_logged_in()
    {
        var machine = ByResourceId().Says(Az, GetManager, Good).Says(Az, Get, Good)
            .Answers(
                "https://management.azure.com/subscriptions/some-sub/w",
                """{"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}}""");

        Assert.Equal("https://adb-1.2.azuredatabricks.net/", await machine.FoundHost());
        Assert.Equal([$"{GetManager} --subscription some-sub", GetManager, Get, GetManagement], Commands(machine));
    }

    [Fact]
    public async Task The_management_token_and_the_resource_id_go_along_when_there_is_a_resource_id()
    {
        var machine = ByResourceId().Says(Az, GetManager, Good).Says(Az, Get, Good)
            .Says(Az, GetManagement, """{"accessToken":"management-token","expires_on":1790856060}""");

        var token = await machine.Token();

        Assert.Equal(
            [
                KeyValuePair.Create("X-Databricks-Azure-Workspace-Resource-Id", "/subscriptions/some-sub/w"),
                KeyValuePair.Create("X-Databricks-Azure-SP-Management-Token", "management-token"),
            ],
            token.SentHeaders());
        Assert.Equal(("az-token", machine.Clock.GetUtcNow().AddSeconds(60)), (token.Value, token.ExpiresOn));
    }

    [Fact]
    public async Task A_management_token_that_the_CLI_does_not_give_is_left_out_in_silence()
    {
        var machine = ByResourceId().Says(Az, GetManager, Good).Says(Az, Get, Good);

        var token = await machine.Token();

        Assert.Equal([KeyValuePair.Create("X-Databricks-Azure-Workspace-Resource-Id", "/subscriptions/some-sub/w")], token.SentHeaders());
    }

    [Fact]
    public async Task Without_a_resource_id_no_management_token_is_asked_for_unless_code_wants_it()
    {
        var machine = Machine().Says(Az, Get, Good)
            .Says(Az, GetManagement, """{"accessToken":"management-token","expires_on":1790859600}""")
            .Answers($"{LogIn.AzureHost}/aad/auth", "", HttpStatusCode.NotFound);

        Assert.Null((await machine.Token()).Headers);
        Assert.Equal(
            [KeyValuePair.Create("X-Databricks-Azure-SP-Management-Token", "management-token")],
            (await machine.Token((SettingTable.AzureManagementToken, "true"))).SentHeaders());
    }

    [Theory]
    [InlineData("2026-10-01 15:30:00.000000", 0)]
    [InlineData("2026-10-01 15:30:00", 0)]
    [InlineData("2026-10-01 15:30:00.123456", 1234560)]
    public async Task An_older_CLI_tells_the_expiry_in_the_zone_of_the_clock(string expiresOn, int ticks)
    {
        var machine = Older(expiresOn);
        machine.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("somewhere", TimeSpan.FromHours(2.5), null, null));

        Assert.Equal(machine.Clock.GetUtcNow().AddHours(1).AddTicks(ticks), (await machine.Token()).ExpiresOn);
    }

    [Fact]
    public async Task Of_the_two_moments_that_one_local_time_means_in_autumn_the_earlier_counts()
    {
        var october = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 1);
        var march = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 1);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), march, october);
        var machine = Older("2026-10-01 02:30:00.000000");
        machine.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("somewhere", TimeSpan.FromHours(-10), null, null, null, [rule]));

        // 02:30 is 11:30 in UTC by summer time, and 12:30 by winter time.
        Assert.Equal(machine.Clock.GetUtcNow().AddHours(-0.5), (await machine.Token()).ExpiresOn);
    }

    [Theory]
    [InlineData("""{"accessToken":"t"}""", Failed + "its output has neither 'expires_on' nor an 'expiresOn' that is a moment.")]
    [InlineData(
        """{"accessToken":"t","expiresOn":"soon"}""", Failed + "its output has neither 'expires_on' nor an 'expiresOn' that is a moment.")]
    [InlineData("secret-looking text", Failed + "its output is not the expected JSON.")]
    [InlineData("[]", Failed + "its output is not the expected JSON.")]
    [InlineData("""{"expires_on":1790859600}""", "Requesting a token from the Azure CLI: the response has no 'accessToken'.")]
    [InlineData(
        """{"accessToken":"t","tokenType":"pop","expires_on":1790859600}""",
        "Requesting a token from the Azure CLI: the response has a token of type 'pop'; only bearer tokens can be used.")]
    public async Task An_output_that_cannot_be_read_is_described_and_not_quoted(string output, string reason) =>
        Assert.Equal(
            $"Failed: {reason}",
            await Machine().With("ARM_TENANT_ID", "t").Says(Az, Show, Person).Says(Az, $"{Get} --tenant t", output).Refusal());

    [Theory]
    [InlineData("ERROR: No subscription found. Run 'az account set' to select a subscription.")]
    [InlineData("no SUBSCRIPTION found")]
    public async Task A_user_who_is_not_logged_in_is_told_how(string error) => Assert.Equal(
        "Declined: no user is logged in to the Azure CLI; run 'az login'",
        await Machine().With("ARM_TENANT_ID", "t").Program(Az, _ => new ProgramResult(1, "", error)).Refusal());

    [Theory]
    [InlineData("ERROR: AADSTS50076: Use multi-factor authentication.\r\n", "ERROR: AADSTS50076: Use multi-factor authentication.")]
    [InlineData("ERROR: eyJhbGciOiJ.eyJzdWIiOiJ.c2ln is old", "ERROR: *** is old")]
    public async Task Another_failure_gives_what_the_CLI_said_without_tokens(string error, string reason) =>
        Assert.Equal(
            $"Failed: {Failed}{reason}",
            await Machine().With("ARM_TENANT_ID", "t").Program(Az, _ => new ProgramResult(1, "", error)).Refusal());

    [Fact]
    public async Task A_failure_without_a_word_gives_the_exit_code() => Assert.Equal(
        $"Failed: {Failed}exit code 1, and nothing on standard error",
        await Machine().With("ARM_TENANT_ID", "t").Program(Az, _ => new ProgramResult(1, "", "\n")).Refusal());

    [Fact]
    public async Task A_program_that_does_not_start_is_named()
    {
        var machine = Machine().With("ARM_TENANT_ID", "t").Program(Az, _ => throw new Win32Exception(13, "Permission denied"));

        Assert.Equal("Failed: The Azure CLI '/usr/bin/az' could not be run: Permission denied", await machine.Refusal());
    }

    [Theory]
    [InlineData(false, "/usr/bin:/opt", "/opt/az", "/opt/az")]
    [InlineData(true, @"C:\wbin", @"C:\wbin\az.cmd", @"C:\wbin\az.cmd")]
    [InlineData(true, @"C:\wbin", @"C:\wbin\az.exe", @"C:\wbin\az.exe")]
    public async Task The_CLI_is_found_on_the_PATH(bool isWindows, string path, string program, string run)
    {
        var machine = new FakePlatform { IsWindows = isWindows }.With("PATH", path).With("DATABRICKS_HOST", LogIn.AzureHost)
            .With("DATABRICKS_AUTH_TYPE", "azure-cli").With("ARM_TENANT_ID", "t").Program(program, _ => new ProgramResult(0, Good, ""));

        await machine.Token();

        Assert.Equal(run, machine.Runs[0].Path);
    }

    [Theory]
    [InlineData(false, "/usr/bin/az.cmd")]
    [InlineData(true, @"C:\wbin\az")]
    public async Task Where_it_is_not_installed_it_declines(bool isWindows, string program)
    {
        var machine = new FakePlatform { IsWindows = isWindows }.With("PATH", isWindows ? @"C:\wbin" : "/usr/bin")
            .With("DATABRICKS_HOST", LogIn.AzureHost).With("DATABRICKS_AUTH_TYPE", "azure-cli")
                .Program(program, _ => new ProgramResult(0, Good, ""));

        Assert.Equal("Declined: Azure CLI not found on the PATH", await machine.Refusal());
    }

    [Fact]
    public async Task On_another_cloud_it_declines_and_nothing_is_run()
    {
        var machine = Machine().With("DATABRICKS_HOST", LogIn.Host);

        Assert.Equal(
            ("Declined: the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name", 0, 0),
            (await machine.Refusal(), machine.Runs.Count, machine.Sent.Count));
    }

    private static IEnumerable<string> Commands(FakePlatform machine) => machine.Runs.Select(run => string.Join(' ', run.Arguments));

    private static FakePlatform Machine() => LogIn.MachineFor("azure-cli", LogIn.AzureHost).With("PATH", "/usr/bin");

    private static FakePlatform ByResourceId() =>
        Machine().With("DATABRICKS_HOST", "").With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/some-sub/w");

    private static FakePlatform Older(string expiresOn) => Machine().With("ARM_TENANT_ID", "t").Says(Az, Show, Person)
        .Says(Az, $"{Get} --tenant t", $$"""{"accessToken":"t","expiresOn":"{{expiresOn}}"}""");
}
