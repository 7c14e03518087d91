using System.Threading.RateLimiting;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// Limits the concurrent attempts and the rate of one endpoint, with a fair, cancelable queue. A 429 response halves the concurrency limit;
/// each round of attempts without one raises it by one.
/// </summary>
internal sealed class AdaptiveConcurrencyLimiter : IDisposable
{
    /// <summary>The queue of a limiter that limits the rate alone: more waiting calls arrive faster than they are sent.</summary>
    internal const int DefaultQueueLimit = 1000;

    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _queue = new();
    private readonly int _queueLimit;
    private readonly bool _isNewestFirst;
    private readonly bool _isAdaptive;
    private readonly int _maxLimit;
    private readonly TokenBucket? _rate;
    private readonly ITimer _nextToken;
    private int _limit;
    private int _running;
    private int _generation;
    private int _unthrottled;
    private bool _isTimerSet;

    /// <summary>Creates a limiter.</summary>
    /// <param name="concurrency">The concurrency limit; null for none.</param>
    /// <param name="throttling">The rate limit, and whether the concurrency limit adapts.</param>
    /// <param name="timeProvider">The clock of the rate limit.</param>
    public AdaptiveConcurrencyLimiter(
        ConcurrencyLimiterOptions? concurrency, DatabricksThrottlingOptions throttling, TimeProvider timeProvider)
    {
        _limit = _maxLimit = concurrency?.PermitLimit ?? int.MaxValue;
        _queueLimit = concurrency?.QueueLimit ?? DefaultQueueLimit;
        _isNewestFirst = concurrency?.QueueProcessingOrder == QueueProcessingOrder.NewestFirst;
        _isAdaptive = throttling.AdaptiveConcurrency && concurrency is not null;
        _rate = throttling.MaxCallsPerSecond is { } rate ? new TokenBucket(rate, Math.Max(1, rate), timeProvider) : null;
        _nextToken = timeProvider.CreateTimer(
            static limiter => ((AdaptiveConcurrencyLimiter)limiter!).OnNextToken(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The current concurrency limit.</summary>
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

    /// <summary>Whether no lease is held, no call waits and the rate is unused, so that the limiter can be evicted.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _running == 0 && _queue.Count == 0 && _rate?.IsFull != false;
            }
        }
    }

    /// <returns>A lease, or <see cref="Lease.Rejected"/> when the queue is full.</returns>
    public ValueTask<RateLimitLease> AcquireAsync(CancellationToken cancellationToken)
    {
        Waiter waiter;
        Waiter? displaced = null;
        lock (_lock)
        {
            if (_queue.Count == 0 && TryAdmit())
            {
                return new ValueTask<RateLimitLease>(new Lease(this, _generation));
            }

            if (_queue.Count >= _queueLimit && !TryDisplaceOldest(out displaced))
            {
                return new ValueTask<RateLimitLease>(Lease.Rejected);
            }

            waiter = new Waiter();
            waiter.Node = _isNewestFirst ? _queue.AddFirst(waiter) : _queue.AddLast(waiter);
            SetTimer();
        }

        displaced?.SetResult(Lease.Rejected);
        return new ValueTask<RateLimitLease>(WaitAsync(waiter, cancellationToken));
    }

    /// <summary>Returns the permit of a lease.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _running--;
            if (_limit < _maxLimit && ++_unthrottled >= _limit)
            {
                _limit++;
                _unthrottled = 0;
            }

            AdmitWaiters();
        }
    }

    /// <summary>Halves the limit, once for all leases of one generation.</summary>
    /// <returns>The new limit; null when it did not change.</returns>
    public int? ReduceLimit(Lease lease)
    {
        lock (_lock)
        {
            _unthrottled = -1;
            if (!_isAdaptive || lease.Generation != _generation)
            {
                return null;
            }

            _generation++;
            _limit = Math.Max(1, _limit / 2);
            return _limit;
        }
    }

    public void Dispose() => _nextToken.Dispose();

    private async Task<RateLimitLease> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            bool wasQueued;
            lock (_lock)
            {
                wasQueued = waiter.Node.List is not null;
                if (wasQueued)
                {
                    _queue.Remove(waiter.Node);
                }
            }

            // A waiter that was admitted already keeps its lease: the attempt itself observes the token.
            if (wasQueued)
            {
                waiter.SetCanceled(cancellationToken);
            }
        });
        return await waiter.Task.ConfigureAwait(false);
    }

    // NewestFirst makes room for a new call by rejecting the oldest one, as ConcurrencyLimiter does.
    private bool TryDisplaceOldest(out Waiter? displaced)
    {
        displaced = _isNewestFirst ? _queue.Last?.Value : null;
        if (displaced is not null)
        {
            _queue.RemoveLast();
        }

        return displaced is not null;
    }

    // Continuations run asynchronously, so none runs under the lock.
    private void AdmitWaiters()
    {
        while (_queue.First is { } first && TryAdmit())
        {
            _queue.RemoveFirst();
            first.Value.SetResult(new Lease(this, _generation));
        }

        SetTimer();
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

    // A running timer stays as it is: calls that keep arriving would postpone it again and again.
    private void SetTimer()
    {
        if (!_isTimerSet && _rate is not null && _queue.Count > 0 && _running < _limit)
        {
            _isTimerSet = true;
            _nextToken.Change(_rate.UntilNext(), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnNextToken()
    {
        lock (_lock)
        {
            _isTimerSet = false;
            AdmitWaiters();
        }
    }

    private sealed class Waiter() : TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public LinkedListNode<Waiter> Node { get; set; } = null!;
    }
}
