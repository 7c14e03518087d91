using System.IO.Pipelines;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>
/// Sends a stream of updates as server-sent events. The first update is awaited before the status is sent, so that a failure until then has
/// its own status; a later one is an event.
/// </summary>
internal sealed class StreamReply(HttpContext context, TimeSpan keepAlive, TimeProvider clock)
{
    /// <summary>Updates that are available at once are sent together, up to this size.</summary>
    private const int MaxUnsentBytes = 16 * 1024;

    private readonly PipeWriter _output = context.Response.BodyWriter;

    public async Task SendAsync(IAsyncEnumerable<ChatResponseUpdate> updates, IReplyStream reply, Func<Exception, RequestError> onFailure)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var enumerator = updates.GetAsyncEnumerator(leaving.Token);
        await using (enumerator.ConfigureAwait(false))
        {
            var hasUpdate = await enumerator.MoveNextAsync().ConfigureAwait(false);
            Begin();
            try
            {
                await CopyAsync(enumerator, hasUpdate, reply, leaving).ConfigureAwait(false);
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                reply.Fail(onFailure(exception));
                await FlushAsync().ConfigureAwait(false);
                throw new IncompleteReplyException(exception);
            }

            await FlushAsync().ConfigureAwait(false);
        }
    }

    private void Begin()
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";

        // nginx buffers responses otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task CopyAsync(
        IAsyncEnumerator<ChatResponseUpdate> enumerator, bool hasUpdate, IReplyStream reply, CancellationTokenSource leaving)
    {
        using var timer = new PeriodicTimer(keepAlive, clock);
        Task<bool>? tick = null;
        while (hasUpdate)
        {
            reply.Write(enumerator.Current);
            var next = enumerator.MoveNextAsync();
            if (next.IsCompleted && _output.UnflushedBytes < MaxUnsentBytes)
            {
                hasUpdate = await next.ConfigureAwait(false);
                continue;
            }

            await FlushAsync().ConfigureAwait(false);
            if (next.IsCompleted)
            {
                hasUpdate = await next.ConfigureAwait(false);
                continue;
            }

            var pending = next.AsTask();
            try
            {
                while (!pending.IsCompleted)
                {
                    // One tick for many updates: a silent interval ends with a comment, at most two intervals after the last update.
                    tick ??= timer.WaitForNextTickAsync().AsTask();
                    if (await Task.WhenAny(pending, tick).ConfigureAwait(false) == tick && !pending.IsCompleted)
                    {
                        tick = null;
                        WriteComment();
                        await FlushAsync().ConfigureAwait(false);
                    }
                }
            }
            catch
            {
                // The enumerator cannot be disposed while it moves.
                await leaving.CancelAsync().ConfigureAwait(false);
                await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            hasUpdate = await pending.ConfigureAwait(false);
        }

        reply.End();
    }

    private void WriteComment()
    {
        var comment = ": keep-alive\n\n"u8;
        comment.CopyTo(_output.GetSpan(comment.Length));
        _output.Advance(comment.Length);
    }

    private async ValueTask FlushAsync()
    {
        var result = await _output.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            // The client has left.
            throw new OperationCanceledException(context.RequestAborted);
        }
    }
}
