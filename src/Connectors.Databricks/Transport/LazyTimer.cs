namespace Connectors.Databricks.Transport;

/// <summary>
/// A timer for what is set a thousand times and almost never comes, as time-outs are. To set it later, or to stop it, is a note of when it is to
/// ring: the timer underneath goes on, and when it wakes too early it sleeps for the rest. On the system's clock it goes from one call to the
/// next, so that most calls touch no timer at all.
/// </summary>
internal sealed class LazyTimer
{
    private const long Never = long.MaxValue;

    // One for each processor: calls that come one after the other find theirs, and of a thousand at once most make their own.
    private static readonly LazyTimer?[] Spare = new LazyTimer?[Environment.ProcessorCount];

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _underneath;
    private Action<object>? _ring;
    private object? _rung;
    private long _due = Never;     // when it is to ring
    private long _wakes = Never;   // when the timer underneath fires

    private LazyTimer(TimeProvider clock)
    {
        _clock = clock;

        // It outlives the call that it is made for, and must not carry that call's context into others.
        using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        _underneath = clock.CreateTimer(static timer => ((LazyTimer)timer!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A timer that is stopped.</summary>
    /// <param name="clock">What it goes by.</param>
    /// <param name="ring">Called when it rings, once each time that it is set, and perhaps in the very moment in which it is given back.</param>
    /// <param name="state">What it is called with.</param>
    public static LazyTimer For(TimeProvider clock, Action<object> ring, object state)
    {
        var spare = clock == TimeProvider.System ? Interlocked.Exchange(ref Own(), null) : null;
        var timer = spare ?? new LazyTimer(clock);
        (timer._ring, timer._rung) = (ring, state);
        return timer;
    }

    /// <summary>Lets it ring after so long from now; <see cref="Timeout.InfiniteTimeSpan"/> stops it.</summary>
    public void Set(TimeSpan limit)
    {
        lock (_gate)
        {
            if (limit == Timeout.InfiniteTimeSpan)
            {
                _due = Never;
                return;
            }

            // One that should have woken has counted less: on Windows, timers leave out the time in which the machine sleeps, and timestamps do not.
            var now = _clock.GetTimestamp();
            _due = now + (long)(limit.TotalSeconds * _clock.TimestampFrequency);
            if (_due < _wakes || _wakes <= now)
            {
                Sleep(limit);
            }
        }
    }

    /// <summary>Stops it, for somebody else to use. It must not be used any more.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            _due = Never;
            (_ring, _rung) = (null, null);
        }

        if (_clock != TimeProvider.System || Interlocked.CompareExchange(ref Own(), this, null) is not null)
        {
            _underneath.Dispose();
        }
    }

    private static ref LazyTimer? Own() => ref Spare[Thread.GetCurrentProcessorId() % Spare.Length];

    private void Wake()
    {
        Action<object>? ring;
        object? rung;
        lock (_gate)
        {
            _wakes = Never;
            if (_due == Never)
            {
                return;
            }

            var now = _clock.GetTimestamp();
            if (now < _due)
            {
                // Timers count whole milliseconds.
                Sleep(TimeSpan.FromMilliseconds(Math.Ceiling(_clock.GetElapsedTime(now, _due).TotalMilliseconds)));
                return;
            }

            _due = Never;
            (ring, rung) = (_ring, _rung);
        }

        // Outside, for it may do anything.
        ring?.Invoke(rung!);
    }

    private void Sleep(TimeSpan span)
    {
        _wakes = _due;
        _underneath.Change(span, Timeout.InfiniteTimeSpan);
    }
}
