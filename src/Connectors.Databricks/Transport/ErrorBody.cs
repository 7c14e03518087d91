using System.Text;

namespace Connectors.Databricks.Transport;

/// <summary>Reads the body of an error answer: a bounded part of it, never a second failure, and never the token that was sent.</summary>
internal static class ErrorBody
{
    /// <summary>The status is known, and its words come with it or not at all: nobody waits minutes for the rest of an error.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <param name="response">The error answer.</param>
    /// <param name="options">How much is read, and the clock.</param>
    /// <param name="token">What was sent to log in; gateways and debugging proxies echo requests in their error pages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, DatabricksServingOptions options, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        var longest = options.ResponseLimits.MaxErrorBytes;
        using var deadline = new Deadline(LongestWait, options.TimeProvider, cancellationToken);
        var buffer = new byte[4 * 1024];
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            await using var _ = stream.ConfigureAwait(false);
            while (length < longest)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var room = Math.Min(buffer.Length, longest) - length;
                var read = await stream.ReadAsync(buffer.AsMemory(length, room), deadline.Token).ConfigureAwait(false);
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

            // The status is the failure to report; a body that broke off, or never ends, only says less about it.
        }

        StrikeOut(buffer.AsSpan(0, length), token.Value);
        foreach (var secret in token.Headers?.Where(header => header.Name.EndsWith("Token", StringComparison.Ordinal)) ?? [])
        {
            StrikeOut(buffer.AsSpan(0, length), secret.Value);
        }

        return buffer.AsMemory(0, length);
    }

    // In place and of the same length, so that the document around it stays what it is. Tokens are ASCII, which JSON leaves as it is.
    private static void StrikeOut(Span<byte> body, string secret)
    {
        Span<byte> bytes = Encoding.UTF8.GetBytes(secret);
        for (var rest = body; rest.IndexOf(bytes) is >= 0 and var start; rest = rest[(start + bytes.Length)..])
        {
            rest.Slice(start, bytes.Length).Fill((byte)'*');
        }
    }
}
