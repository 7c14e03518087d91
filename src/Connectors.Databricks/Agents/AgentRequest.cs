using Connectors.Databricks.Chat.Requests;

namespace Connectors.Databricks.Agents;

/// <summary>One request of the caller to an agent.</summary>
/// <param name="Chat">The conversation and the options.</param>
/// <param name="IsBackground">Whether the run may go on without the caller.</param>
/// <param name="Session">The session that the caller set; null for none.</param>
internal sealed record AgentRequest(ChatRequest Chat, bool IsBackground, string? Session)
{
    /// <summary>The id of the run, where the client chooses it; null where the server does.</summary>
    public string? RunId { get; init; }

    public bool IsStream => Chat.IsStream;
}
