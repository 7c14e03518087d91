using Connectors.Databricks.Tests.Agents;

namespace Connectors.Databricks.Tests;

/// <summary>The tests as a program: it reads the run of an agent, and is killed while it does. Test runners do not call it.</summary>
internal static class TestProgram
{
    private static Task Main(string[] arguments) => arguments is [AgentReader.Command, .. var rest]
        ? AgentReader.RunAsync(rest)
        : Task.CompletedTask;
}
