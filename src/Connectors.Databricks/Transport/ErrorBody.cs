namespace Connectors.Databricks.Transport;

/// <summary>Reads a bounded part of an error body; a failure to read it is not reported.</summary>
internal static class ErrorBody
{
    /// <summary>A short timeout: the status is known, and the body only adds details.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <param name="response">The error response.</param>
    /// <param name="options">How much is read, and the clock.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, DatabricksServingOptions options, CancellationToken cancellationToken)
    {
        var longest = options.ResponseLimits.MaxErrorBytes;
        using var timeout = new CancellationTokenSource(LongestWait, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var buffer = new byte[4 * 1024];
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(linked.Token).ConfigureAwait(false);
            await using var _ = stream.ConfigureAwait(false);
            while (length < longest)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var room = Math.Min(buffer.Length, longest) - length;
                var read = await stream.ReadAsync(buffer.AsMemory(length, room), linked.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (Exception exception) when (
            exception is IOException or HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();

            // The status is the failure to report; a truncated or endless body only provides less detail.
        }

        return buffer.AsMemory(0, length);
    }

    /// <summary>
    /// Replaces the content of the response with the part that was read, for predicates and delay generators of the user.
    /// </summary>
    public static void KeepReadable(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content.Dispose();
        response.Content = content;
    }
}
