using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>A run that a server has accepted: its open stream, or the state that a document reports.</summary>
/// <param name="Server">The protocol.</param>
/// <param name="Request">The request, with the ids that the protocol requires.</param>
internal sealed record StartedRun(AgentServer Server, AgentRequest Request)
{
    /// <summary>The call of the stream; null for a document.</summary>
    public ServingCall? Call { get; init; }

    /// <summary>The stream; null for a document.</summary>
    public ServingReply? Reply { get; init; }

    /// <summary>The state; null for a stream.</summary>
    public RunState? State { get; init; }
}
