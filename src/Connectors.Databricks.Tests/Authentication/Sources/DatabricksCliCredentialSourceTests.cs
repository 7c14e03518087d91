using System.Buffers.Text;
using System.ComponentModel;
using System.Text;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>What the Databricks CLI is asked, and what is made of its answers (authentication reference §6.4).</summary>
public class DatabricksCliCredentialSourceTests
{
    private const string Cli = "/usr/bin/databricks";
    private const string Asking = "Requesting a token from the Databricks CLI failed: ";
    private const string Good = """{"access_token":"cli-token","token_type":"Bearer","expiry":"2026-10-01T13:00:00Z"}""";
    private const string ProfileFile = "[me]\nhost = https://some-workspace.cloud.databricks.com\nauth_type = databricks-cli\n";

    [Fact]
    public async Task The_token_is_that_of_the_CLI()
    {
        var machine = Machine("0.300.0");

        Assert.Equal(new DatabricksAccessToken("cli-token", machine.Clock.GetUtcNow().AddHours(1)), await machine.Token());
    }

    [Theory]
    [InlineData("0.207.0", "auth token --host https://some-workspace.cloud.databricks.com")]
    [InlineData("0.207.1", "auth token --profile me")]
    [InlineData("0.295.9", "auth token --profile me")]
    [InlineData("0.296.0", "auth token --profile me --force-refresh")]
    [InlineData("1.0.0", "auth token --profile me --force-refresh")]
    [InlineData("0.0.0", "auth token --host https://some-workspace.cloud.databricks.com")]
    public async Task Options_are_passed_from_the_version_on_that_knows_them(string version, string arguments)
    {
        var machine = Machine(version, new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "me").ConfigFile(ProfileFile));

        await machine.Token();

        Assert.Equal(["version --output json", arguments], machine.Runs.Select(run => string.Join(' ', run.Arguments)));
    }

    /// <summary>With the profile's name the CLI would give the profile's token, and it would go to the other host.</summary>
    [Theory]
    [InlineData("https://some-workspace.cloud.databricks.com/?o=1", "auth token --profile me --force-refresh")]
    [InlineData("https://other.cloud.databricks.com", "auth token --host https://other.cloud.databricks.com --force-refresh")]
    public async Task The_profile_is_not_passed_with_another_host_than_its_own(string host, string arguments)
    {
        var machine = new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "me").With("DATABRICKS_HOST", host).ConfigFile(ProfileFile);

        await Machine("0.300.0", machine).Token();

        Assert.Equal(arguments, string.Join(' ', machine.Runs[^1].Arguments));
    }

    [Theory]
    [InlineData(0, "Databricks CLI v0.300.0")]
    [InlineData(0, "")]
    [InlineData(0, "[]")]
    [InlineData(0, """{"Version":"0.300.0"}""")]
    [InlineData(1, "")]
    public async Task A_version_that_cannot_be_told_means_no_option(int exitCode, string output)
    {
        var machine = Machine(new ProgramResult(exitCode, output, "some error"));

        await machine.Token();

        Assert.Equal("auth token --host https://some-workspace.cloud.databricks.com", string.Join(' ', machine.Runs[^1].Arguments));
    }

    [Fact]
    public async Task A_version_probe_that_takes_too_long_means_no_option()
    {
        var machine = Machine("0.300.0");
        machine.Program(
            Cli, call => call.Arguments[0] == "version" ? throw new TimeoutException("5 seconds") : new ProgramResult(0, Good, ""));

        await machine.Token();

        Assert.Equal("auth token --host https://some-workspace.cloud.databricks.com", string.Join(' ', machine.Runs[^1].Arguments));
    }

    [Fact]
    public async Task A_known_version_is_not_asked_again()
    {
        var machine = Machine("0.300.0");

        await machine.TwoTokens();

        Assert.Equal(["version", "auth", "auth"], machine.Runs.Select(run => run.Arguments[0]));
    }

    [Fact]
    public async Task An_unknown_version_is_asked_again()
    {
        var machine = Machine(new ProgramResult(1, "", "some error"));

        await machine.TwoTokens(() => Install(machine, new ProgramResult(0, Version("0.300.0"), "")));

        Assert.Equal(
            [
                "version --output json", $"auth token --host {LogIn.Host}", "version --output json",
                $"auth token --host {LogIn.Host} --force-refresh",
            ],
            machine.Runs.Select(run => string.Join(' ', run.Arguments)));
    }

    [Fact]
    public async Task The_version_gets_five_seconds_and_the_token_fifty()
    {
        var machine = Machine("0.300.0");

        await machine.Token();

        Assert.Equal([(Cli, 5.0), (Cli, 50.0)], machine.Runs.Select(run => (run.Path, run.Timeout.TotalSeconds)));
    }

    [Theory]
    [InlineData(
        "https://accounts.cloud.databricks.com", "some-account", "--host https://accounts.cloud.databricks.com --account-id some-account")]
    [InlineData(
        "https://accounts-dod.cloud.databricks.us", "some-account",
        "--host https://accounts-dod.cloud.databricks.us --account-id some-account")]
    [InlineData("https://accounts.cloud.databricks.com", "", "--host https://accounts.cloud.databricks.com")]
    [InlineData(LogIn.Host, "some-account", $"--host {LogIn.Host}")]
    public async Task The_account_is_named_to_accounts_hosts_alone(string host, string account, string arguments)
    {
        var machine = Machine("0.200.0").With("DATABRICKS_HOST", host).With("DATABRICKS_ACCOUNT_ID", account);

        await machine.Token();

        Assert.Equal($"auth token {arguments}", string.Join(' ', machine.Runs[^1].Arguments));
    }

    [Theory]
    [InlineData("2026-10-01T13:00:00Z", 0)]
    [InlineData("2026-10-01T15:00:00+02:00", 0)]
    [InlineData("2026-10-01T08:00:00.123456789-05:00", 1234568)]
    [InlineData("2026-10-01T13:00:00.5Z", 5000000)]
    public async Task The_expiry_has_an_offset_and_up_to_nanoseconds(string expiry, int ticks)
    {
        var machine = Machine("0.300.0", output: $$"""{"access_token":"t","expiry":"{{expiry}}"}""");

        Assert.Equal(machine.Clock.GetUtcNow().AddHours(1).AddTicks(ticks), (await machine.Token()).ExpiresOn);
    }

    [Theory]
    [InlineData("2026-10-01T15:30:00")]
    [InlineData("2026-10-01 15:30:00")]
    [InlineData("2026-10-01 15:30:00.000")]
    public async Task An_expiry_without_an_offset_is_in_the_zone_of_the_clock(string expiry)
    {
        var machine = Machine("0.300.0", output: $$"""{"access_token":"t","expiry":"{{expiry}}"}""");
        machine.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("somewhere", TimeSpan.FromHours(2.5), null, null));

        Assert.Equal(machine.Clock.GetUtcNow().AddHours(1), (await machine.Token()).ExpiresOn);
    }

    [Theory]
    [InlineData("""{"access_token":"t"}""", "its output has no 'expiry' that is a moment.")]
    [InlineData("""{"access_token":"t","expiry":"March 20, 2027"}""", "its output has no 'expiry' that is a moment.")]
    [InlineData("""{"access_token":"t","expiry":"2027-13-01T00:00:00Z"}""", "its output has no 'expiry' that is a moment.")]
    [InlineData("""{"access_token":"t","expiry":1790859600}""", "its output has no 'expiry' that is a moment.")]
    [InlineData("secret-looking text", "its output is not the expected JSON.")]
    [InlineData("", "its output is not the expected JSON.")]
    [InlineData("[]", "its output is not the expected JSON.")]
    public async Task An_output_that_cannot_be_read_is_described_and_not_quoted(string output, string reason) =>
        Assert.Equal($"Failed: {Asking}{reason}", await Machine("0.300.0", output: output).Refusal());

    [Fact]
    public async Task An_output_without_a_token_is_refused() => Assert.Equal(
        "Failed: Requesting a token from the Databricks CLI: the response has no 'access_token'.",
        await Machine("0.300.0", output: """{"expiry":"2026-10-01T13:00:00Z"}""").Refusal());

    [Fact]
    public async Task Warnings_on_standard_error_do_not_matter()
    {
        var machine = Machine("0.300.0");
        Install(machine, new ProgramResult(0, Version("0.300.0"), "Warn: old"), new ProgramResult(0, Good, "Warn: a new version is out"));

        Assert.Equal("cli-token", (await machine.Token()).Value);
    }

    [Theory]
    [InlineData("Error: databricks OAuth is not configured for this host")]
    [InlineData("  databricks oauth is not configured FOR this host. Try logging in.\n")]
    public async Task A_user_who_is_not_logged_in_is_told_how(string error)
    {
        var machine = Machine("0.300.0");
        Install(machine, new ProgramResult(0, Version("0.300.0"), ""), new ProgramResult(1, "", error));

        Assert.Equal(
            "Declined: no user is logged in to some-workspace.cloud.databricks.com; " +
            "run 'databricks auth login --host https://some-workspace.cloud.databricks.com'",
            await machine.Refusal());
    }

    [Theory]
    [InlineData(
        "Error: A new access token could not be retrieved because the refresh token is invalid.\nTo reauthenticate, run:\n  databricks " +
        "auth login\n",
        "Error: A new access token could not be retrieved because the refresh token is invalid. To reauthenticate, run: databricks auth " +
        "login")]
    [InlineData("Error: profile me uses M2M authentication", "Error: profile me uses M2M authentication")]
    [InlineData("Error: got dapi0123456789abcdef", "Error: got ***")]
    public async Task Another_failure_gives_what_the_CLI_said_without_tokens(string error, string reason)
    {
        var machine = Machine("0.300.0");
        Install(machine, new ProgramResult(0, Version("0.300.0"), ""), new ProgramResult(1, "secret-output", error));

        Assert.Equal($"Failed: {Asking}cannot get access token: {reason}", await machine.Refusal());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task A_failure_without_a_word_gives_the_exit_code(string error)
    {
        var machine = Machine("0.300.0");
        Install(machine, new ProgramResult(0, Version("0.300.0"), ""), new ProgramResult(3, "", error));

        Assert.Equal($"Failed: {Asking}cannot get access token: exit code 3, and nothing on standard error", await machine.Refusal());
    }

    [Fact]
    public async Task A_program_that_does_not_start_is_named()
    {
        var machine = Machine("0.300.0");
        machine.Program(Cli, _ => throw new Win32Exception(13, "Permission denied"));

        Assert.Equal("Failed: The Databricks CLI '/usr/bin/databricks' could not be run: Permission denied", await machine.Refusal());
    }

    [Fact]
    public async Task Scopes_set_in_code_are_not_for_the_CLI()
    {
        var machine = Machine("0.300.0");

        Assert.Equal(
            ("Declined: scopes are set in code, and the CLI takes none", 0),
            (await machine.Refusal((SettingTable.Scopes, "all-apis")), machine.Runs.Count));
    }

    [Theory]
    [InlineData("""{"scope":"all-apis sql"}""")]
    [InlineData("""{"scope":"sql offline_access all-apis"}""")]
    [InlineData("""{"scope":["sql","all-apis"]}""")]
    [InlineData("""{"sub":"someone"}""")]
    public async Task A_token_for_the_scopes_of_the_profile_is_taken(string claims)
    {
        var token = WebToken(claims);
        var machine = WithScopes(token, auto: false);

        Assert.Equal(token, (await machine.Token()).Value);
    }

    [Theory]
    [InlineData("""{"scope":"all-apis"}""")]
    [InlineData("""{"scope":"all-apis sql more"}""")]
    [InlineData("""{"scope":[]}""")]
    public async Task A_token_for_other_scopes_fails_when_the_CLI_was_asked_for(string claims) => Assert.Equal(
        $"Failed: {Asking}the token is for other scopes than 'all-apis sql', which the profile requires.",
        await WithScopes(WebToken(claims), auto: false).Refusal());

    [Fact]
    public async Task A_token_for_other_scopes_is_passed_over_otherwise() => Assert.Equal(
        "Declined: the CLI's token is for other scopes than the profile requires",
        await WithScopes(WebToken("""{"scope":"all-apis"}"""), auto: true).RefusalOf("databricks-cli"));

    private static string WebToken(string claims) => $"header.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.signature";

    private static FakePlatform WithScopes(string token, bool auto)
    {
        var profile = $"[me]\nhost = {LogIn.Host}\nscopes = all-apis, sql\n";
        var machine = new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "me").ConfigFile(profile).With("PATH", "/usr/bin");
        var answer = $$"""{"access_token":"{{token}}","expiry":"2026-10-01T13:00:00Z"}""";
        Install(machine, new ProgramResult(0, Version("0.300.0"), ""), new ProgramResult(0, answer, ""));
        return auto ? machine : machine.With("DATABRICKS_AUTH_TYPE", "databricks-cli");
    }

    private static FakePlatform Machine(string version, FakePlatform? machine = null, string output = Good) =>
        Install(
            (machine ?? LogIn.MachineFor("databricks-cli")).With("PATH", "/usr/bin"),
            new ProgramResult(0, Version(version), ""),
            new ProgramResult(0, output, ""));

    private static FakePlatform Machine(ProgramResult version) =>
        Install(LogIn.MachineFor("databricks-cli").With("PATH", "/usr/bin"), version);

    private static FakePlatform Install(FakePlatform machine, ProgramResult version, ProgramResult? token = null) =>
        machine.Program(Cli, call => call.Arguments[0] == "version" ? version : token ?? new ProgramResult(0, Good, ""));

    private static string Version(string version)
    {
        var parts = version.Split('.');
        return $$"""{"ProjectName":"cli","Version":"{{version}}","Major":{{parts[0]}},"Minor":{{parts[1]}},"Patch":{{parts[2]}},"IsSnapshot":false}""";
    }
}
