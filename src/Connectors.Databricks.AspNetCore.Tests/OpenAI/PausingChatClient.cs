using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Streams one word, then nothing until it is told to continue or to fail, or its caller leaves.</summary>
internal sealed class PausingChatClient : IChatClient
{
    private readonly TaskCompletionSource _continues = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isCanceled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _isStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the call has reached the pause.</summary>
    public Task Started => _isStarted.Task;

    /// <summary>Completes when the call has been canceled.</summary>
    public Task Canceled => _isCanceled.Task;

    /// <summary>Whether the pause is before the first word.</summary>
    public bool ThinksFirst { get; init; }

    public void Continue() => _continues.SetResult();

    public void Fail(Exception exception) => _continues.SetException(exception);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!ThinksFirst)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "One");
        }

        _isStarted.TrySetResult();
        try
        {
            await _continues.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _isCanceled.SetResult();
            throw;
        }

        if (ThinksFirst)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "One");
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, " two.") { FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
