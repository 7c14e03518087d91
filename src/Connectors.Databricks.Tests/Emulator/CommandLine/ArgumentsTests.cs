using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.CommandLine;

namespace Connectors.Databricks.Tests.Emulator.CommandLine;

public class ArgumentsTests
{
    [Fact]
    public void Without_arguments_any_port_is_taken() =>
        Assert.Equal((0, TimeSpan.Zero, null, false), Read());

    [Theory]
    [InlineData("20ms", 20)]
    [InlineData("0.5s", 500)]
    [InlineData("7", 7)]
    public void A_delay_is_written_in_milliseconds_or_seconds(string text, int milliseconds) =>
        Assert.Equal((8080, TimeSpan.FromMilliseconds(milliseconds), null, false), Read("--port", "8080", "--token-delay", text));

    [Fact]
    public void Token_and_workspace_are_taken_as_they_are()
    {
        Arguments arguments = Arguments.Parse(["--token", "mine", "--workspace-id", "42"]);

        Assert.Equal(("mine", "42"), (arguments.Options.Authentication.Token, arguments.Options.WorkspaceId));
    }

    [Theory]
    [InlineData("classic", EmulatedWorkspace.Classic)]
    [InlineData("gateway-enforced", EmulatedWorkspace.GatewayEnforced)]
    [InlineData("Sovereign", EmulatedWorkspace.Sovereign)]
    public void A_kind_of_workspace_is_a_word(string text, EmulatedWorkspace expected) =>
        Assert.Equal(expected, Arguments.Parse(["--workspace", text]).Options.Workspace);

    [Fact]
    public void Apps_have_a_name_and_may_name_their_server() =>
        Assert.Equal(
            [("one", EmulatedAgentServer.LongRunning), ("two", EmulatedAgentServer.Invocations)],
            Arguments.Parse(["--app", "one", "--app", "two:invocations"]).Apps);

    [Theory]
    [InlineData("One")]
    [InlineData("one:flask")]
    [InlineData("")]
    public void An_app_that_cannot_be_is_an_error(string text) =>
        Assert.Contains("is not an app", Arguments.Parse(["--app", text]).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("24h", 86400)]
    public void A_lifetime_of_tokens_may_take_hours(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Arguments.Parse(["--token-lifetime", text]).Options.Authentication.TokenLifetime);

    [Fact]
    public void A_service_principal_and_a_tenant_are_taken_as_they_are()
    {
        DatabricksEmulatorOptions options
            = Arguments.Parse(["--client-id", "me", "--client-secret", "dose-1", "--azure-tenant", "home"]).Options;

        Assert.Equal(
            ("me", "dose-1", "home"),
            (options.Authentication.ClientId, options.Authentication.ClientSecret, options.AzureTenantId));
    }

    [Fact]
    public void Deployments_and_cold_starts_are_timed()
    {
        DatabricksEmulatorOptions options = Arguments.Parse(["--reads-to-deploy", "7", "--cold-start", "2m"]).Options;

        Assert.Equal((7, TimeSpan.FromMinutes(2)), (options.Management.ReadsToDeploy, options.Management.ColdStart));
    }

    [Theory]
    [InlineData("'-1' is not a number of reads; use 0 or more.", "--reads-to-deploy", "-1")]
    [InlineData("'11m' is not a duration; use a format such as 20ms, 0.5s or 1m.", "--cold-start", "11m")]
    [InlineData("Unknown option '--prot'.", "--prot", "1")]
    [InlineData("Unknown option ''.", "")]
    [InlineData("Option '--port' needs a value.", "--port")]
    [InlineData("'70000' is not a port; use a number from 0 to 65535.", "--port", "70000")]
    [InlineData("'-1' is not a port; use a number from 0 to 65535.", "--port", "-1")]
    [InlineData("'cloud' is not a kind of workspace; use classic, gateway-enforced, sovereign.", "--workspace", "cloud")]
    [InlineData("'soon' is not a duration; use a format such as 20ms or 0.5s.", "--token-delay", "soon")]
    [InlineData("Option '--token' needs a value.", "--token", " ")]
    [InlineData("Option '--client-secret' needs a value.", "--client-secret", "")]
    [InlineData("'2m' is not a duration; use a format such as 20ms or 0.5s.", "--token-delay", "2m")]
    [InlineData("'0s' is not a lifetime; use a format such as 90s, 30m or 1h.", "--token-lifetime", "0s")]
    [InlineData("'25h' is not a lifetime; use a format such as 90s, 30m or 1h.", "--token-lifetime", "25h")]
    public void A_mistake_is_named(string error, params string[] arguments) =>
        Assert.Equal(error, Arguments.Parse(arguments).Error);

    [Theory]
    [InlineData("--port", "8080", "dotnet", "run", "--port", "1")]
    [InlineData("--port", "8080", "--", "dotnet", "run", "--port", "1")]
    public void A_program_follows_the_options_with_its_own_arguments(params string[] arguments)
    {
        Arguments read = Arguments.Parse(arguments);

        Assert.Null(read.Error);
        Assert.Equal(["dotnet", "run", "--port", "1"], read.Program);
        Assert.Equal(8080, read.Options.Port);
    }

    private static (int Port, TimeSpan Delay, string? Error, bool Help) Read(params string[] arguments)
    {
        Arguments read = Arguments.Parse(arguments);
        return (read.Options.Port, read.Options.TokenDelay, read.Error, read.WantsHelp);
    }
}
