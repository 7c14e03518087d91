using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>
/// The events of one response. The first update is awaited before the status is sent, so that a failure until then has its own status; a
/// later one is an event.
/// </summary>
internal sealed class ChatStream(HttpContext context, ChatEvents events, TimeSpan keepAlive, Func<Exception, Problem> onFailure)
{
    private static readonly byte[] Comment = ": keep-alive\n\n"u8.ToArray();

    public async Task SendAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var enumerator = updates.GetAsyncEnumerator(leaving.Token);
        await using (enumerator.ConfigureAwait(false))
        {
            var hasUpdate = await enumerator.MoveNextAsync().ConfigureAwait(false);
            context.Response.Headers["X-Accel-Buffering"] = "no";   // nginx buffers responses otherwise.
            await TypedResults.ServerSentEvents(EventsAsync(enumerator, hasUpdate, leaving)).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, bool hasUpdate, CancellationTokenSource leaving,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(keepAlive, RouteContext.Clock(context));
        var silence = new Silence(timer);
        while (hasUpdate)
        {
            foreach (var item in events.Of(updates.Current))
            {
                yield return item;
            }

            Exception? failure = null;
            try
            {
                hasUpdate = await NextAsync(updates, silence, leaving, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                failure = exception;
            }

            if (failure is not null)
            {
                yield return ChatEvents.Failure(onFailure(failure));
                if (!RequestErrorFromException.IsHandled(failure))
                {
                    throw new IncompleteReplyException(failure);
                }

                yield break;
            }
        }

        foreach (var item in events.End())
        {
            yield return item;
        }
    }

    // The caller writes nothing while it awaits the next event, so comments can be written here.
    private async Task<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, Silence silence, CancellationTokenSource leaving, CancellationToken cancellationToken)
    {
        var next = updates.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next.ConfigureAwait(false);
        }

        var pending = next.AsTask();
        try
        {
            while (await silence.IsOverAsync(pending).ConfigureAwait(false))
            {
                await context.Response.Body.WriteAsync(Comment, cancellationToken).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            // The enumerator cannot be disposed while it moves.
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await pending.ConfigureAwait(false);
    }

    /// <summary>One tick for many updates: a silent interval ends with a comment, at most two intervals after the last update.</summary>
    private sealed class Silence(PeriodicTimer timer)
    {
        private Task<bool>? _tick;

        /// <summary>Waits for the update or the next tick. Returns whether the tick came first, so that a comment is due.</summary>
        public async Task<bool> IsOverAsync(Task update)
        {
            _tick ??= timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(update, _tick).ConfigureAwait(false) != _tick || update.IsCompleted)
            {
                return false;
            }

            _tick = null;
            return true;
        }
    }
}
