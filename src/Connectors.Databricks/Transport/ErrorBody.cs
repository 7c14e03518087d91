namespace Connectors.Databricks.Transport;

/// <summary>Reads the body of an error answer: a bounded part of it, and never a second failure.</summary>
internal static class ErrorBody
{
    /// <summary>One megabyte: a guardrail's document repeats the prompt before it says that it is one.</summary>
    private const int Longest = 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024];
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = stream.ConfigureAwait(false);
            while (length < Longest)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();
            // The status is the failure to report; a body that broke off only says less about it.
        }

        return buffer.AsMemory(0, length);
    }
}
