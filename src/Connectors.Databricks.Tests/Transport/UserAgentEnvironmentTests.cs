using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// Databricks Runtime, coding agent and agent harness in the user agent, as the Databricks SDKs send them (authentication reference §11).
/// </summary>
public class UserAgentEnvironmentTests
{
    [Theory]
    [InlineData("15.4", " runtime/15.4")]
    [InlineData("client.1 (x)\r\n", " runtime/client.1--x---")]
    [InlineData("", "")]
    public void The_runtime_is_named_by_its_version(string version, string part) =>
        Assert.Equal(part, Describe($"DATABRICKS_RUNTIME_VERSION={version}"));

    [Theory]
    [InlineData("AMP_CURRENT_THREAD_ID=x", "amp")]
    [InlineData("AGENT=amp", "amp")]
    [InlineData("AMP_CURRENT_THREAD_ID=x;AGENT=amp", "amp")]
    [InlineData("ANTIGRAVITY_AGENT=", "antigravity")]
    [InlineData("AUGMENT_AGENT=1", "augment")]
    [InlineData("CLAUDECODE=1", "claude-code")]
    [InlineData("CLINE_ACTIVE=true", "cline")]
    [InlineData("CODEX_CI=1", "codex")]
    [InlineData("COPILOT_CLI=1", "copilot-cli")]
    [InlineData("COPILOT_MODEL=x", "copilot-vscode")]
    [InlineData("CURSOR_AGENT=1", "cursor")]
    [InlineData("GEMINI_CLI=1", "gemini-cli")]
    [InlineData("GOOSE_TERMINAL=1", "goose")]
    [InlineData("AGENT=goose", "goose")]
    [InlineData("KIRO=1", "kiro")]
    [InlineData("OPENCLAW_SHELL=1", "openclaw")]
    [InlineData("OPENCODE=1", "opencode")]
    [InlineData("WINDSURF_AGENT=1", "windsurf")]
    [InlineData("AGENT=cursor", "cursor")]
    [InlineData("AGENT=something\r\nX-Evil: yes", "unknown")]
    [InlineData("CURSOR_AGENT=1;AGENT=something", "cursor")]
    public void One_coding_agent_is_named(string variables, string agent) => Assert.Equal($" agent/{agent}", Describe(variables));

    [Theory]
    [InlineData("CLINE_ACTIVE=1;CURSOR_AGENT=1")]
    [InlineData("CLAUDECODE=1;AGENT=goose")]
    [InlineData("AGENT=")]
    [InlineData("")]
    public void Several_agents_or_none_are_not(string variables) => Assert.Equal("", Describe(variables));

    [Fact]
    public void The_parts_are_in_the_order_of_the_SDKs() =>
        Assert.Equal(
            " upstream/u upstream-version/1 cicd/github runtime/15.4 agent/codex meta-harness/omnigent",
            Describe(
                "OMNIGENT=;CODEX_CI=1;DATABRICKS_RUNTIME_VERSION=15.4;GITHUB_ACTIONS=true;DATABRICKS_SDK_UPSTREAM=u;" +
                "DATABRICKS_SDK_UPSTREAM_VERSION=1"));

    private static string Describe(string variables) => UserAgentEnvironment.Describe(
        variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Aggregate(new FakePlatform(), (machine, pair) => machine.With(pair[0], pair[1])));
}
