namespace Connectors.Databricks.Transport;

/// <summary>A total time-out joined to the caller's token, and the knowledge of which of the two fired.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _joined;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            _timer = new CancellationTokenSource(limit, clock);
            _joined = caller.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller) : null;
        }
    }

    public CancellationToken Token => _joined?.Token ?? _timer?.Token ?? _caller;

    /// <summary>Whether the limit, and not the caller, ended the call.</summary>
    public bool Elapsed => _timer is { IsCancellationRequested: true } && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _joined?.Dispose();
        _timer?.Dispose();
    }
}
