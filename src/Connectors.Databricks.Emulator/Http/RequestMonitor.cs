using System.Threading.Channels;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Records the requests of one endpoint or address, and lets tests wait for requests and pauses.</summary>
internal sealed class RequestMonitor
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateUnbounded<RecordedRequest>();
    private readonly Channel<int> _pauses = Channel.CreateUnbounded<int>();

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <param name="request">The request.</param>
    /// <param name="most">The maximum number of requests; the oldest are evicted.</param>
    public void Arrived(RecordedRequest request, int most)
    {
        lock (_lock)
        {
            _requests.Add(request);
            if (_requests.Count > most)
            {
                _requests.RemoveAt(0);
            }
        }

        _arrivals.Writer.TryWrite(request);
        if (_arrivals.Reader.Count > most)
        {
            _arrivals.Reader.TryRead(out _);
        }
    }

    public void Paused() => _pauses.Writer.TryWrite(0);

    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken) =>
        _arrivals.Reader.ReadAsync(cancellationToken).AsTask();

    public Task WaitForPauseAsync(CancellationToken cancellationToken) => _pauses.Reader.ReadAsync(cancellationToken).AsTask();
}
