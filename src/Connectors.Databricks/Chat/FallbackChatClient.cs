using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>
/// Sends a call to the first endpoint of a list and falls back to the next one when it fails. A stream falls back only before its first
/// update. A call with <c>ChatOptions.ModelId</c> is sent to that endpoint only.
/// </summary>
internal sealed class FallbackChatClient(IReadOnlyList<(string EndpointName, IChatClient Client)> chain, ILogger logger) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return options?.ModelId is null
            ? RespondAsync(Listed(messages), options, cancellationToken)
            : chain[0].Client.GetResponseAsync(messages, options, cancellationToken);
    }

    private async Task<ChatResponse> RespondAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var hops = new FallbackHops(chain, logger);
        while (true)
        {
            try
            {
                var response = await hops.Client.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
                response.AdditionalProperties = hops.Report(response.AdditionalProperties);
                return response;
            }
            catch (DatabricksServingException failure)
            {
                // Not in an exception filter, which would swallow its own exceptions.
                if (!hops.MoveOn(failure))
                {
                    throw;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return options?.ModelId is null
            ? StreamAsync(Listed(messages), options, cancellationToken)
            : chain[0].Client.GetStreamingResponseAsync(messages, options, cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var updates = await OpenAsync(new FallbackHops(chain, logger), messages, options, cancellationToken).ConfigureAwait(false);
        await using var _ = updates.ConfigureAwait(false);
        var hasMore = updates.HasFirst;
        while (hasMore)
        {
            yield return updates.Current;
            hasMore = await updates.MoveNextAsync().ConfigureAwait(false);
        }
    }

    private static async Task<OpenedUpdates> OpenAsync(
        FallbackHops hops, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        while (true)
        {
            var updates = hops.Client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                var hasFirst = await updates.MoveNextAsync().ConfigureAwait(false);
                if (hasFirst)
                {
                    updates.Current.AdditionalProperties = hops.Report(updates.Current.AdditionalProperties);
                }

                return new OpenedUpdates(updates, hasFirst);
            }
            catch (DatabricksServingException failure)
            {
                await updates.DisposeAsync().ConfigureAwait(false);
                if (!hops.MoveOn(failure))
                {
                    throw;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
            catch
            {
                await updates.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    // Copied, because the sequence is enumerated once per endpoint and may not be repeatable.
    private static IReadOnlyList<ChatMessage> Listed(IEnumerable<ChatMessage> messages) =>
        messages as IReadOnlyList<ChatMessage> ?? [.. messages];

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : chain[0].Client.GetService(serviceType, serviceKey);
    }

    /// <summary>Does nothing: the inner clients own no resources.</summary>
    public void Dispose()
    {
    }

    /// <summary>The updates of the endpoint that responded, positioned on the first one.</summary>
    private sealed record OpenedUpdates(IAsyncEnumerator<ChatResponseUpdate> Updates, bool HasFirst) : IAsyncDisposable
    {
        public ChatResponseUpdate Current => Updates.Current;

        public ValueTask<bool> MoveNextAsync() => Updates.MoveNextAsync();

        public ValueTask DisposeAsync() => Updates.DisposeAsync();
    }
}
