using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>Streams the given updates, then fails if it has a failure. Keeps what it was called with.</summary>
internal sealed class ScriptedChatClient(Exception? failure, params ChatResponseUpdate[] updates) : IChatClient
{
    public List<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Messages, Options) = ([.. messages], options);
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
