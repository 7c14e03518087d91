namespace Connectors.Databricks.Agents.Runs;

/// <summary>The protocols of agents on Databricks Apps. The names are stored in tokens.</summary>
internal enum AgentProtocol
{
    /// <summary><c>/responses</c> of LongRunningAgentServer and of MLflow's AgentServer.</summary>
    Responses,

    /// <summary><c>/api/invocations</c> of DurableAgentServer.</summary>
    Invocations,
}
