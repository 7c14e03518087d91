using System.Buffers;
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
    /// <summary>
    /// Up to this size a body is read straight into an array of the announced size. A larger announcement is not trusted: the buffer grows
    /// with what arrives.
    /// </summary>
    private const long LargestTrusted = 1024 * 1024;

    /// <summary>Reads a complete body, up to the size limit of its surface.</summary>
    /// <exception cref="DatabricksServingException">The body is larger, was truncated, or is an HTML page or events.</exception>
    public static async ValueTask<ServedDocument> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        if (reply.IsEventStream)
        {
            // It is not read: an endless one would end with the timeout.
            throw ServingExceptions.EventStream(call, reply);
        }

        var announced = reply.Content.Headers.ContentLength ?? 0;
        RequireFits(announced, call, reply);
        var body = announced <= LargestTrusted ? new byte[announced] : [];
        try
        {
            var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var length = 0;
            while (length < body.Length
                && await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
            }

            // HTTP ends a body at the announced size, but a handler may have decompressed it.
            var next = new byte[1];
            if (length == body.Length && await stream.ReadAsync(next, cancellationToken).ConfigureAwait(false) > 0)
            {
                body = await ReadGrowingAsync(call, reply, stream, [.. body, .. next], cancellationToken).ConfigureAwait(false);
            }
            else if (length < body.Length)
            {
                body = body[..length];
            }
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

    private static async ValueTask<byte[]> ReadGrowingAsync(
        ServingCall call, ServingReply reply, Stream stream, byte[] start, CancellationToken cancellationToken)
    {
        using var buffer = new SegmentedBuffer();
        buffer.Write(start);
        while (await stream.ReadAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            buffer.Advance(read);
            RequireFits(buffer.Length, call, reply);
        }

        return buffer.ToArray();
    }

    private static void RequireFits(long length, ServingCall call, ServingReply reply)
    {
        var (most, option) = reply.Limits.DocumentBytes(call.Surface);
        if (length > most)
        {
            throw ServingExceptions.TooLarge(call, reply, most, option);
        }
    }

    /// <summary>Whether events are sent as something else.</summary>
    public static bool IsEvents(ReadOnlySpan<byte> body) => body.StartsWith("data:"u8) || body.StartsWith("event:"u8);

    // Some gateways and file servers write a byte order mark, which JSON does not allow.
    private static byte[] WithoutMark(byte[] body) => body.AsSpan().StartsWith(JsonReading.Mark) ? body[JsonReading.Mark.Length..] : body;
}
