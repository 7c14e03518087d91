using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>What the reading of an output needs.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reply">Its response, with the limits.</param>
/// <param name="Request">The request of the caller.</param>
/// <param name="CancellationToken">Cancels the reading.</param>
internal sealed record OutputContext(ServingCall Call, ServingReply Reply, AgentRequest Request, CancellationToken CancellationToken);
