namespace Connectors.Databricks.Emulator;

/// <summary>The server that an agent on Databricks Apps runs on.</summary>
public enum EmulatedAgentServer
{
    /// <summary>
    /// <c>LongRunningAgentServer</c> of databricks-ai-bridge: the Responses API with background runs, at <c>/responses</c> and
    /// <c>/invocations</c>.
    /// </summary>
    LongRunning,

    /// <summary>The Invocation API of <c>DurableAgentServer</c>, at <c>/api/invocations</c>.</summary>
    Invocations,
}
