using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>A chat client that answers with these contents, whole and streamed, whatever it is asked.</summary>
internal sealed class SayingClient(params AIContent[] contents) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. contents])));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var content in contents)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
