using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>The continuation token of a run. It is written when the caller stores it, because a stream has one for each update.</summary>
/// <param name="agent">The agent that the token is valid for.</param>
/// <param name="cursor">The run, and how far it was read.</param>
internal sealed class RunToken(AgentIdentity agent, RunCursor cursor) : ResponseContinuationToken
{
    public override ReadOnlyMemory<byte> ToBytes() => RunTokenFormat.Write(agent, cursor);
}
