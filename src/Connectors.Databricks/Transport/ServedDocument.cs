using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>Parses a document.</summary>
/// <param name="document">The document.</param>
/// <param name="state">What else the reader needs.</param>
/// <param name="cancellationToken">The caller's token, joined with the deadline of the call.</param>
internal delegate T DocumentReader<out T, in TState>(ServedDocument document, TState state, CancellationToken cancellationToken);

/// <summary>A complete JSON body and its reply.</summary>
internal sealed record ServedDocument(ServingReply Reply, byte[] Body)
{
    public static async ValueTask<ServedDocument> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        if (reply.IsEventStream)
        {
            // It is not read: an endless one would end with the timeout.
            throw ServingExceptions.EventStream(call, reply);
        }

        byte[] body;
        try
        {
            body = await BoundedBody.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            // Thrown by the decompression for bytes that do not match the Content-Encoding header.
            throw ServingExceptions.Malformed(call, reply, exception);
        }
        catch (Exception exception) when (exception is (HttpRequestException or IOException) and not DatabricksServingException)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();
            throw ServingExceptions.CutOff(call, reply, exception);
        }

        if (reply.IsHtml)
        {
            throw ServingExceptions.Html(call, reply, body);
        }

        return IsEvents(body) ? throw ServingExceptions.EventStream(call, reply) : new ServedDocument(reply, WithoutMark(body));
    }

    // Events that are sent as something else.
    private static bool IsEvents(ReadOnlySpan<byte> body) => body.StartsWith("data:"u8) || body.StartsWith("event:"u8);

    // Some gateways and file servers write a byte order mark, which JSON does not allow.
    private static byte[] WithoutMark(byte[] body) => body.AsSpan().StartsWith(JsonReading.Mark) ? body[JsonReading.Mark.Length..] : body;
}
