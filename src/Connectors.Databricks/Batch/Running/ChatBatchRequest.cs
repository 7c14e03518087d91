using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Running;

/// <summary>A call of the chat client.</summary>
internal sealed class ChatBatchRequest(string id, IEnumerable<ChatMessage> messages, ChatOptions? options)
    : DatabricksBatchRequest<ChatResponse>(id)
{
    internal override Task<ChatResponse> SendAsync(BatchClients clients, CancellationToken cancellationToken) =>
        clients.Chat.GetResponseAsync(messages, options, cancellationToken);
}
