using System.Net;

namespace Connectors.Databricks.Soak;

/// <summary>
/// Faults between a client and an app: refused connections, overload, responses that are lost, and streams that break. The response to a
/// request that starts a run without an id of the client is not lost: its stream breaks after the first event, which has the id.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="probability">The fraction of requests, and of reads of a stream, that meet a fault.</param>
/// <param name="seed">The random seed.</param>
internal sealed class AgentFaults(HttpMessageHandler inner, double probability, int seed) : DelegatingHandler(inner)
{
    private readonly object _lock = new();
    private readonly Random _random = new(seed);
    private int _count;

    public int Count => _count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Meets())
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        }

        var isRead = request.Method == HttpMethod.Get;
        if (isRead && Meets())
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request };
        }

        var response = await base.SendAsync(request, cancellationToken);
        var mayBeLost = isRead || request.RequestUri!.AbsolutePath == "/api/invocations";
        if (!mayBeLost && response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return response;
        }

        if (mayBeLost && Meets())
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        }

        var content = new StreamContent(new BreakingStream(await response.Content.ReadAsStreamAsync(cancellationToken), this));
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content = content;
        return response;
    }

    private bool Meets()
    {
        lock (_lock)
        {
            var meets = _random.NextDouble() < probability;
            _count += meets ? 1 : 0;
            return meets;
        }
    }

    /// <summary>A body that may break at each read after the first.</summary>
    private sealed class BreakingStream(Stream inner, AgentFaults faults) : Stream
    {
        private bool _isFirst = true;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var mayBreak = !_isFirst;
            _isFirst = false;
            var count = await inner.ReadAsync(buffer, cancellationToken);
            return mayBreak && count > 0 && faults.Meets() ? throw new IOException("broken") : count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
