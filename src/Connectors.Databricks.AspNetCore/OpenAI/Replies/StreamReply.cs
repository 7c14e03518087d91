using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>
/// Sends a stream of updates as server-sent events. The status waits for the first update, for a grace period, so that a failure until then
/// has its own status; a later one is an event.
/// </summary>
internal sealed class StreamReply(HttpContext context, StreamTiming timing)
{
    /// <summary>Updates that are available at once are sent together, up to this size.</summary>
    private const int MaxUnsentBytes = 16 * 1024;

    public async Task SendAsync(IAsyncEnumerable<ChatResponseUpdate> updates, IReplyStream reply, Func<Exception, RequestError> onFailure)
    {
        var reader = new UpdateReader(context, updates, timing);
        await using (reader.ConfigureAwait(false))
        {
            await reader.WaitForFirstAsync().ConfigureAwait(false);
            Begin();
            try
            {
                await CopyAsync(reader, reply).ConfigureAwait(false);
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                reply.Fail(onFailure(exception));
                await reader.FlushAsync().ConfigureAwait(false);
                throw new IncompleteReplyException(exception);
            }

            await reader.FlushAsync().ConfigureAwait(false);
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

    private static async Task CopyAsync(UpdateReader reader, IReplyStream reply)
    {
        while (await reader.MoveNextAsync().ConfigureAwait(false))
        {
            reply.Write(reader.Current);
            if (reader.UnsentBytes >= MaxUnsentBytes)
            {
                await reader.FlushAsync().ConfigureAwait(false);
            }
        }

        reply.End();
    }
}
