namespace Connectors.Databricks.Transport.Limits;

/// <summary>
/// Lets attempts to one endpoint pass: so many at once, so many a second, first come first served. The number at once halves when the
/// service throttles and climbs back by one for each round of calls that it did not.
/// </summary>
internal sealed class CallGate : IDisposable
{
    private readonly object _lock = new();
    private readonly LinkedList<WaitingCall> _waiting = new();
    private readonly DatabricksCallLimits _limits;
    private readonly int _most;
    private readonly RateBucket? _rate;
    private readonly ITimer _nextToken;
    private readonly TimeProvider _clock;
    private int _limit;
    private int _running;
    private int _generation;
    private int _unthrottled;
    private bool _isToBeWoken;

    public CallGate(DatabricksCallLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
        _limit = _most = limits.MaxConcurrentCalls ?? int.MaxValue;
        _rate = limits.MaxCallsPerSecond is { } rate ? new RateBucket(rate, Math.Max(1, rate), clock) : null;
        _nextToken = clock.CreateTimer(
            static gate => ((CallGate)gate!).Woken(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many attempts may be under way now.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return _limit;
            }
        }
    }

    /// <summary>Whether nobody is in or waits, and nobody has been a moment ago. A limit that was halved is not remembered for its own sake.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_lock)
            {
                return _running == 0 && _waiting.Count == 0 && _rate?.IsFull != false;
            }
        }
    }

    /// <returns>A turn; null when too many wait already.</returns>
    public ValueTask<CallPermit?> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<WaitingCall> waiting;
        lock (_lock)
        {
            if (_waiting.Count == 0 && TryAdmit())
            {
                return new ValueTask<CallPermit?>(new CallPermit(this, _generation));
            }

            if (_waiting.Count >= _limits.MaxQueuedCalls)
            {
                return new ValueTask<CallPermit?>((CallPermit?)null);
            }

            waiting = _waiting.AddLast(new WaitingCall());
            WakeForNextToken();
        }

        return new ValueTask<CallPermit?>(WaitAsync(waiting, cancellationToken));
    }

    /// <summary>An attempt is over, and its place is free.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            if (_limit < _most && ++_unthrottled >= _limit)
            {
                _limit++;
                _unthrottled = 0;
            }
        }

        LetPass();
    }

    /// <summary>The service said 429 to the one who holds this turn.</summary>
    /// <returns>The new limit; null when it stays.</returns>
    public int? Throttle(CallPermit permit)
    {
        lock (_lock)
        {
            _unthrottled = -1;
            if (!_limits.AdaptsToThrottling || permit.Generation != _generation || _most == int.MaxValue)
            {
                return null;
            }

            _generation++;
            _limit = Math.Max(1, _limit / 2);
            return _limit;
        }
    }

    public void Dispose() => _nextToken.Dispose();

    private async Task<CallPermit?> WaitAsync(LinkedListNode<WaitingCall> waiting, CancellationToken cancellationToken)
    {
        using var leaving = cancellationToken.Register(() =>
        {
            bool wasWaiting;
            lock (_lock)
            {
                wasWaiting = waiting.List is not null;
                if (wasWaiting)
                {
                    _waiting.Remove(waiting);
                }
            }

            // Whose turn has come keeps it: the attempt itself looks at the token next.
            if (wasWaiting)
            {
                waiting.Value.SetCanceled(cancellationToken);
            }
        });
        return await waiting.Value.Task.ConfigureAwait(false);
    }

    private void LetPass()
    {
        lock (_lock)
        {
            while (_waiting.First is { } first && TryAdmit())
            {
                _waiting.RemoveFirst();
                first.Value.SetResult(new CallPermit(this, _generation));
            }

            WakeForNextToken();
        }
    }

    private bool TryAdmit()
    {
        if (_running >= _limit || _rate?.TryTake() == false)
        {
            return false;
        }

        _running++;
        return true;
    }

    // A timer that runs is left alone: those who come while others wait would put it off again and again.
    private void WakeForNextToken()
    {
        if (!_isToBeWoken && _rate is not null && _waiting.Count > 0 && _running < _limit)
        {
            _isToBeWoken = true;
            _nextToken.Change(_rate.UntilNext(), Timeout.InfiniteTimeSpan);
        }
    }

    private void Woken()
    {
        lock (_lock)
        {
            _isToBeWoken = false;
        }

        LetPass();
    }

    private sealed class WaitingCall() : TaskCompletionSource<CallPermit>(TaskCreationOptions.RunContinuationsAsynchronously);
}
