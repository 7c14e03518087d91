using System.Net;
using System.Net.Http.Headers;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>A body that is serialized once and sent by every attempt.</summary>
internal sealed class RequestBody(SegmentedBuffer buffer) : IDisposable
{
    private int _copying;
    private bool _isDisposed;

    public HttpContent NewContent() => new Content(this, buffer);

    /// <summary>Whether another body is equal, byte for byte.</summary>
    public bool IsSameAs(RequestBody other) => buffer.Length == other.Length && buffer.ToArray().AsSpan().SequenceEqual(other.ToArray());

    /// <summary>The secrets in the document, for redaction of the response; none once the body has been returned to the pool.</summary>
    public IEnumerable<string> Secrets => _isDisposed ? [] : RequestSecrets.Read(buffer.ToArray());

    /// <summary>Returns a copy of the document; null once the body has been given back.</summary>
    public byte[]? Utf8() => _isDisposed ? null : buffer.ToArray();

    private long Length => buffer.Length;

    /// <summary>Copies the document.</summary>
    public byte[] ToArray() => buffer.ToArray();

    /// <summary>
    /// Returns the buffer to the pool, unless an attempt is still copying from it: after a canceled send, HTTP/2 may be. A buffer in use is
    /// left to the garbage collector; from the pool, the bytes of another request would be sent in its place.
    /// </summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (Volatile.Read(ref _copying) == 0)
        {
            buffer.Dispose();
        }
    }

    private sealed class Content : HttpContent
    {
        private static readonly MediaTypeHeaderValue Json = new("application/json");

        private readonly RequestBody _owner;
        private readonly SegmentedBuffer _buffer;

        public Content(RequestBody owner, SegmentedBuffer buffer)
        {
            _owner = owner;
            _buffer = buffer;
            Headers.ContentType = Json;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        // A document that fits the connection's buffer is copied at once, and then nothing waits.
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _owner._copying);
            var copy = _buffer.CopyToAsync(stream, cancellationToken);
            if (!copy.IsCompletedSuccessfully)
            {
                return FinishAsync(copy);
            }

            Interlocked.Decrement(ref _owner._copying);
            return Task.CompletedTask;
        }

        // Only a finished copy counts down: one that threw may have left a write pending.
        private async Task FinishAsync(ValueTask copy)
        {
            await copy.ConfigureAwait(false);
            Interlocked.Decrement(ref _owner._copying);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _buffer.Length;
            return true;
        }
    }
}
