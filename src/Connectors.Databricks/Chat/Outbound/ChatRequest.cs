using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>One request as the caller made it; nothing in it is changed by writing it.</summary>
internal sealed record ChatRequest(
    string EndpointName, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, bool IsStream, bool AsksForUsage);
