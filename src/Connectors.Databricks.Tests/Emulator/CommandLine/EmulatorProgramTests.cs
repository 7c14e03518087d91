using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.CommandLine;

namespace Connectors.Databricks.Tests.Emulator.CommandLine;

public class EmulatorProgramTests
{
    [Fact]
    public async Task Bad_arguments_give_exit_code_two_and_a_hint()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--prot"], output, errors);

        Assert.Equal(
            (2, "", "Unknown option '--prot'. Use --help to see the options."),
            (code, output.ToString(), errors.ToString().Trim()));
    }

    [Fact]
    public async Task Help_is_no_mistake()
    {
        using var output = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--help"], output, TextWriter.Null);

        Assert.Equal(0, code);
        Assert.StartsWith("Usage: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_started_program_says_how_to_connect_and_ends_when_told()
    {
        using var output = new StringWriter();
        using var cancellation = new CancellationTokenSource();

        Task<int> running = EmulatorProgram.RunAsync(["--token", "mine"], output, TextWriter.Null, cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_program_behind_dashes_gets_the_emulator_for_its_workspace_and_gives_the_exit_code()
    {
        const string script = """
            case "$DATABRICKS_HOST $DATABRICKS_TOKEN $1" in "http://127.0.0.1:"*" mine --port") exit 7;; *) exit 8;; esac
            """;
        using var output = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--token", "mine", "--", .. Shell(script), "--port"], output, TextWriter.Null);

        Assert.Equal((7, ""), (code, output.ToString()));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        using var errors = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--", "no-such-program"], TextWriter.Null, errors);

        Assert.Equal(127, code);
        Assert.StartsWith("Cannot run 'no-such-program': ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashes_with_nothing_behind_are_a_mistake()
    {
        using var errors = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--"], TextWriter.Null, errors);

        Assert.Equal((2, "There is no program after --. Use --help to see the options."), (code, errors.ToString().Trim()));
    }

    [Fact]
    public async Task A_program_ends_when_the_emulator_is_told_to()
    {
        using var cancellation = new CancellationTokenSource();

        Task<int> running = EmulatorProgram.RunAsync(["--", .. Shell("sleep 3600")], TextWriter.Null, TextWriter.Null, cancellation.Token);
        await cancellation.CancelAsync();

        Assert.NotEqual(0, await running);
    }

    [Fact]
    public async Task The_banner_holds_the_lines_to_copy()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AddsDefaultEndpoints = false);
        wire.Emulator.AddChatEndpoint("mine", EmulatedDialect.Claude);
        wire.Emulator.AddModelService("main.ai.chat", "databricks-kimi-k3");
        string host = wire.Emulator.Host.ToString().TrimEnd('/');

        string banner = StartupMessage.Format(wire.Emulator).ReplaceLineEndings("\n");

        Assert.Equal(
            $"""
            export DATABRICKS_HOST={host}
            export DATABRICKS_TOKEN=dapi-emulator-0001
            # or, instead of the token, a service principal (OAuth M2M):
            # export DATABRICKS_CLIENT_ID=e3000000-0000-4000-8000-000000000001
            # export DATABRICKS_CLIENT_SECRET=dose-emulator-0001

            PowerShell:
            $env:DATABRICKS_HOST = "{host}"
            $env:DATABRICKS_TOKEN = "dapi-emulator-0001"
            # $env:DATABRICKS_CLIENT_ID = "e3000000-0000-4000-8000-000000000001"
            # $env:DATABRICKS_CLIENT_SECRET = "dose-emulator-0001"

            The workspace is classic: foundation models are called by the names of model services or of endpoints.

            main.ai.chat  llm/v1/chat           Kimi
            mine          llm/v1/chat           Claude

            Ctrl+C stops the emulator.
            """,
            banner);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, true, true)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, true, false)]
    [InlineData(EmulatedWorkspace.Sovereign, false, true)]
    public async Task The_banner_lists_the_names_that_the_workspace_serves(EmulatedWorkspace workspace, bool services, bool endpoints)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = workspace);

        string banner = StartupMessage.Format(wire.Emulator);

        Assert.Equal(services, banner.Contains("system.ai.kimi-k3", StringComparison.Ordinal));
        Assert.Equal(endpoints, banner.Contains("databricks-kimi-k3", StringComparison.Ordinal));
        Assert.Contains("azure-gpt-4o", banner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_failure()
    {
        await using Wire wire = await Wire.OpenAsync();
        using var errors = new StringWriter();

        int code = await EmulatorProgram.RunAsync(["--port", $"{wire.Emulator.Host.Port}"], TextWriter.Null, errors);

        Assert.Equal(1, code);
        Assert.Contains("Use --port 0 to take any free one.", errors.ToString(), StringComparison.Ordinal);
    }

    // Windows has no sh; there PowerShell says the same.
    private static string[] Shell(string script) => OperatingSystem.IsWindows()
        ? ["powershell", "-Command", script switch
        {
            "sleep 3600" => "Start-Sleep 3600",
            _ => "if ($env:DATABRICKS_HOST.StartsWith('http://127.0.0.1:') -and $env:DATABRICKS_TOKEN -eq 'mine') { exit 7 } "
                + "else { exit 8 } #",
        }]
        : ["sh", "-c", script, "sh"];
}
