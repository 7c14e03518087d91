using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>Reads a whole body, up to <see cref="DatabricksResponseLimits.MaxBytes"/>.</summary>
internal static class BoundedBody
{
    /// <exception cref="DatabricksServingException">The body is larger.</exception>
    public static async ValueTask<byte[]> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        var most = reply.Limits.MaxBytes;
        if (reply.Content.Headers.ContentLength is { } length)
        {
            // The framework reads as much as was announced, and not a byte more.
            return length <= most
                ? await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
                : throw ServingExceptions.TooLarge(call, reply, most);
        }

        var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var buffer = new SegmentedBuffer();
        while (await stream.ReadAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.Length > most)
            {
                throw ServingExceptions.TooLarge(call, reply, most);
            }
        }

        return buffer.ToArray();
    }
}
