using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>Reads a whole body, up to the size limit of its surface.</summary>
internal static class BoundedBody
{
    /// <summary>
    /// The framework allocates as much as a body announces before a byte of it arrives. Below this size that saves a copy; above it, the
    /// buffer grows with what really comes.
    /// </summary>
    private const long LargestTrusted = 1024 * 1024;

    /// <exception cref="DatabricksServingException">The body is larger.</exception>
    public static ValueTask<byte[]> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        var (most, option) = reply.Limits.DocumentBytes(call.Surface);
        if (reply.Content.Headers.ContentLength is { } length)
        {
            if (length > most)
            {
                throw ServingExceptions.TooLarge(call, reply, most, option);
            }

            if (length <= LargestTrusted)
            {
                // The framework reads as much as was announced, and not a byte more.
                return new ValueTask<byte[]>(reply.Content.ReadAsByteArrayAsync(cancellationToken));
            }
        }

        return ReadGrowingAsync(call, reply, most, option, cancellationToken);
    }

    private static async ValueTask<byte[]> ReadGrowingAsync(
        ServingCall call, ServingReply reply, long most, string option, CancellationToken cancellationToken)
    {
        var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var buffer = new SegmentedBuffer();
        while (await stream.ReadAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.Length > most)
            {
                throw ServingExceptions.TooLarge(call, reply, most, option);
            }
        }

        return buffer.ToArray();
    }
}
