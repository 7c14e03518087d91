using System.Net.ServerSentEvents;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>
/// The events of one response. The status waits for the first update, for a grace period, so that a failure until then has its own status;
/// a later one is an event.
/// </summary>
internal sealed class ChatStream(HttpContext context, ChatEvents events, StreamTiming timing, Func<Exception, Problem> onFailure)
{
    public async Task SendAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        var reader = new UpdateReader(context, updates, timing);
        await using (reader.ConfigureAwait(false))
        {
            await reader.WaitForFirstAsync().ConfigureAwait(false);
            context.Response.Headers["X-Accel-Buffering"] = "no";   // nginx buffers responses otherwise.
            await TypedResults.ServerSentEvents(EventsAsync(reader)).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    // The caller writes nothing while it awaits the next event, so the reader can write comments.
    private async IAsyncEnumerable<SseItem<string>> EventsAsync(UpdateReader updates)
    {
        while (true)
        {
            var hasUpdate = false;
            Exception? failure = null;
            try
            {
                hasUpdate = await updates.MoveNextAsync().ConfigureAwait(false);
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

            foreach (var item in hasUpdate ? events.Of(updates.Current) : events.End())
            {
                yield return item;
            }

            if (!hasUpdate)
            {
                yield break;
            }
        }
    }
}
