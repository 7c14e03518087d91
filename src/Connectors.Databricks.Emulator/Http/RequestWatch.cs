using System.Threading.Channels;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Lets tests wait for a request and for a pause of one place the emulator serves.</summary>
internal sealed class RequestWatch
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

    public void Arrived(RecordedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }

        _arrivals.Writer.TryWrite(request);
    }

    public void Paused() => _pauses.Writer.TryWrite(0);

    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken)
        => _arrivals.Reader.ReadAsync(cancellationToken).AsTask();

    public Task WaitForPauseAsync(CancellationToken cancellationToken) => _pauses.Reader.ReadAsync(cancellationToken).AsTask();
}
