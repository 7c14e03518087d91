using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>The state of a run, as a document reports it. A failed run is an exception.</summary>
/// <param name="RunId">The id; null for a response of a server that does not store runs.</param>
/// <param name="Response">The response; null while the run goes on.</param>
/// <param name="Attempts">How often the server has started the run; above 1 after a crash.</param>
internal sealed record RunState(string? RunId, ChatResponse? Response, int Attempts = 1);
