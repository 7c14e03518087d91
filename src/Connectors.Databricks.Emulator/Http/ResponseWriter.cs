using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Writes a response with its modifiers.</summary>
internal sealed class ResponseWriter(TimeProvider clock, TimeSpan tokenDelay)
{
    /// <param name="context">The request.</param>
    /// <param name="answer">The response.</param>
    /// <param name="paused">Called when a pause begins.</param>
    /// <param name="ending">Called before the last bytes of a response, so that its effects are visible to the client.</param>
    /// <param name="cancellationToken">Aborts the response.</param>
    public async Task WriteAsync(
        HttpContext context, ServerResponse answer, Action paused, Action ending, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (answer.ServedModel is not null)
        {
            response.Headers["served-model-name"] = answer.ServedModel;
        }

        if (answer.Modifiers.HeaderDelay is TimeSpan delay)
        {
            await PauseAsync(delay, paused, cancellationToken).ConfigureAwait(false);
        }

        switch (answer)
        {
            case BodyResponse body:
                ending();
                await WriteBodyAsync(response, body, cancellationToken).ConfigureAwait(false);
                break;
            case EventStreamResponse events:
                await StartStreamAsync(context, cancellationToken).ConfigureAwait(false);
                await WriteEventsAsync(response, events, paused, ending, cancellationToken).ConfigureAwait(false);
                break;
            case RawStreamResponse bytes:
                await StartStreamAsync(context, cancellationToken).ConfigureAwait(false);
                await WriteBytesAsync(response, bytes, paused, cancellationToken).ConfigureAwait(false);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private static async Task WriteBodyAsync(HttpResponse response, BodyResponse answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach ((var name, var value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength = answer.Body.Length;
        ReadOnlyMemory<byte> bytes = answer.Modifiers.CutAfter is null ? answer.Body : answer.Body.AsMemory(0, answer.Body.Length / 2);
        await response.Body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Modifiers.CutAfter is not null)
        {
            throw new StreamCutException();
        }
    }

    private static async Task StartStreamAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.StartAsync(cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteEventsAsync(
        HttpResponse response, EventStreamResponse answer, Action paused, Action ending, CancellationToken cancellationToken)
    {
        var trouble = new StreamModifier(answer.Modifiers);
        foreach (var next in answer.Events)
        {
            if (await MeetTroubleAsync(response, trouble, next.Finishes, paused, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            if (tokenDelay > TimeSpan.Zero)
            {
                await Task.Delay(tokenDelay, clock, cancellationToken).ConfigureAwait(false);
            }

            await SendAsync(response, trouble.Frame(next), cancellationToken).ConfigureAwait(false);
            trouble.Sent++;
        }

        trouble.IsAtTheEnd = true;
        if (!await MeetTroubleAsync(response, trouble, true, paused, cancellationToken).ConfigureAwait(false))
        {
            ending();
            if (answer.SendsDone)
            {
                await SendAsync(response, trouble.Frame(new SseEvent("[DONE]")), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>Whether the stream is over.</returns>
    private async Task<bool> MeetTroubleAsync(
        HttpResponse response, StreamModifier trouble, bool nextFinishes, Action paused, CancellationToken cancellationToken)
    {
        if (trouble.TakeUnknownEvent() is SseEvent unknownEvent)
        {
            await SendAsync(response, trouble.Frame(unknownEvent), cancellationToken).ConfigureAwait(false);
        }

        if (trouble.TakeSilence() is TimeSpan silence)
        {
            await PauseAsync(silence, paused, cancellationToken).ConfigureAwait(false);
        }

        if (trouble.CutsNow)
        {
            throw new StreamCutException();
        }

        if (trouble.TakeError() is (SseEvent error, bool thenDone))
        {
            await SendAsync(response, trouble.Frame(error), cancellationToken).ConfigureAwait(false);
            if (thenDone)
            {
                await SendAsync(response, trouble.Frame(new SseEvent("[DONE]")), cancellationToken).ConfigureAwait(false);
            }

            return true;
        }

        return trouble.EndsNow(nextFinishes);
    }

    private async Task WriteBytesAsync(HttpResponse response, RawStreamResponse answer, Action paused, CancellationToken cancellationToken)
    {
        var trouble = new StreamModifier(answer.Modifiers);
        foreach (var bytes in answer.Writes)
        {
            if (await MeetTroubleAsync(response, trouble, false, paused, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await response.Body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            trouble.Sent++;
        }

        trouble.IsAtTheEnd = true;
        await MeetTroubleAsync(response, trouble, true, paused, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpResponse response, string frame, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(frame), cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task PauseAsync(TimeSpan duration, Action paused, CancellationToken cancellationToken)
    {
        // The timer is set before the callback, because a test may advance the clock at once.
        var pause = Task.Delay(duration, clock, cancellationToken);
        paused();
        await pause.ConfigureAwait(false);
    }
}
