namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>Reads <c>my-agent:invocations</c>.</summary>
internal static class AppArgument
{
    public static IReadOnlyList<string> Servers { get; } = ["long-running", "invocations"];

    public static (string Name, EmulatedAgentServer Server)? Parse(string text) => text.Split(':') switch
    {
        [var name] when DatabricksEmulator.IsAppName(name) => (name, EmulatedAgentServer.LongRunning),
        [var name, "long-running"] when DatabricksEmulator.IsAppName(name) => (name, EmulatedAgentServer.LongRunning),
        [var name, "invocations"] when DatabricksEmulator.IsAppName(name) => (name, EmulatedAgentServer.Invocations),
        _ => null,
    };
}
