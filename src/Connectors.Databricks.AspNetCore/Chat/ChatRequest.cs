using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>A request of the chat route.</summary>
/// <param name="Endpoint">The endpoint; null for the registered chat client.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">The options that the client may set.</param>
internal sealed record ChatRequest(string? Endpoint, List<ChatMessage> Messages, ChatOptions Options);
