namespace Connectors.Databricks.Transport;

/// <summary>
/// The idle timeout of one stream, linked to the caller's token. The timer coalesces: starting and stopping it only records the due time,
/// and the underlying timer re-arms when it fires early, because a stream waits thousands of times and its timeout almost never elapses.
/// </summary>
internal sealed class StreamIdleTimeout : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly object _lock = new();
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _callerRegistration;
    private readonly CancellationToken _callerToken;
    private readonly TimeProvider _timeProvider;
    private ITimer? _timer;
    private long _due = Never;
    private long _firesAt = Never;

    public StreamIdleTimeout(TimeProvider timeProvider, CancellationToken callerToken)
    {
        _timeProvider = timeProvider;
        _callerToken = callerToken;
        _callerRegistration = callerToken.UnsafeRegister(static timeout => ((StreamIdleTimeout)timeout!).Cancel(), this);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the timeout, and not the caller, canceled the token.</summary>
    public bool IsElapsed => _source.IsCancellationRequested && !_callerToken.IsCancellationRequested;

    /// <summary>Cancels the token after this time, unless it is stopped; <see cref="Timeout.InfiniteTimeSpan"/> never does.</summary>
    public void Start(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_lock)
        {
            // A timer that should have fired has counted less: on Windows, timers omit the time the machine sleeps, and timestamps do not.
            var now = _timeProvider.GetTimestamp();
            _due = now + (long)(timeout.TotalSeconds * _timeProvider.TimestampFrequency);
            if (_due < _firesAt || _firesAt <= now)
            {
                Arm(timeout);
            }
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _due = Never;
        }
    }

    public void Dispose()
    {
        // The registration first: disposing it waits for a cancellation in progress, which must not find the source disposed.
        _callerRegistration.Dispose();
        lock (_lock)
        {
            _due = Never;
            _timer?.Dispose();
        }

        _source.Dispose();
    }

    private void Arm(TimeSpan timeout)
    {
        _firesAt = _due;
        if (_timer is null)
        {
            // The timer must not carry the caller's execution context.
            using var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
            _timer = _timeProvider.CreateTimer(
                static timeout => ((StreamIdleTimeout)timeout!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _firesAt = Never;
            if (_due == Never)
            {
                return;
            }

            var now = _timeProvider.GetTimestamp();
            if (now < _due)
            {
                // Timers count whole milliseconds.
                Arm(TimeSpan.FromMilliseconds(Math.Ceiling(_timeProvider.GetElapsedTime(now, _due).TotalMilliseconds)));
                return;
            }

            _due = Never;
        }

        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stream ended in the moment of its timeout.
        }
    }
}
