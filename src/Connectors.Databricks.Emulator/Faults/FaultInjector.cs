using System.Text;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>Injects a fault into a response.</summary>
internal sealed class FaultInjector(FaultPlan faults, TimeProvider clock)
{
    private const int Drops = 16;

    /// <param name="context">The request.</param>
    /// <param name="fault">The fault; null sends the response unchanged.</param>
    /// <param name="write">Writes the response.</param>
    /// <param name="paused">Called for each pause, once its timer is set.</param>
    /// <param name="cancellationToken">Canceled when the client disconnects or the emulator stops.</param>
    public async Task PlayAsync(
        HttpContext context, EmulatedFault? fault, Func<Task> write, Action paused, CancellationToken cancellationToken)
    {
        if (fault is null || GatewayFaults.Answer(fault) is not null)
        {
            await write().ConfigureAwait(false);
            return;
        }

        var answer = await BufferedResponse.CaptureAsync(context, write).ConfigureAwait(false);
        var connection = new RawConnection(context);
        if (await CorruptedConnection.TryPlayAsync(fault.Value, answer, connection, paused, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (fault is EmulatedFault.DelayedHeaders)
        {
            await PauseAsync(paused, cancellationToken).ConfigureAwait(false);
        }

        answer = CorruptedContent.Apply(fault.Value, answer) ?? answer;
        context.Response.StatusCode = answer.Status;
        foreach ((var name, var value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await (fault switch
        {
            EmulatedFault.SlowDrip => DripAsync(context.Response, answer.Body, paused, cancellationToken),
            EmulatedFault.HugeLine => SendEndlessLineAsync(context.Response, answer.IsStream, cancellationToken),
            EmulatedFault.ByteByByte => SendAsync(context.Response, answer.Body.Chunk(1), cancellationToken),
            _ => SendAsync(context.Response, answer, cancellationToken),
        }).ConfigureAwait(false);
    }

    private static Task SendAsync(HttpResponse response, BufferedResponse answer, CancellationToken cancellationToken)
    {
        if (!answer.IsStream && answer.Status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = answer.Body.Length;
        }

        return SendAsync(response, answer.Parts().Where(part => part.Length > 0), cancellationToken);
    }

    private static async Task SendAsync(HttpResponse response, IEnumerable<byte[]> parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            await response.Body.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DripAsync(HttpResponse response, byte[] body, Action paused, CancellationToken cancellationToken)
    {
        foreach (var drop in body.Chunk((body.Length / Drops) + 1))
        {
            await SendAsync(response, [drop], cancellationToken).ConfigureAwait(false);
            await PauseAsync(paused, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendEndlessLineAsync(HttpResponse response, bool isStream, CancellationToken cancellationToken)
    {
        var block = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
        var start = Encoding.ASCII.GetBytes(isStream ? "data: {\"id\":\"" : "{\"id\":\"");
        await SendAsync(response, [start], cancellationToken).ConfigureAwait(false);
        for (var sent = 0; sent < faults.HugeBytes; sent += block.Length)
        {
            await SendAsync(response, [block], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(Action paused, CancellationToken cancellationToken)
    {
        // The timer is set before the callback.
        var pause = Task.Delay(faults.Pause, clock, cancellationToken);
        paused();
        await pause.ConfigureAwait(false);
    }
}
