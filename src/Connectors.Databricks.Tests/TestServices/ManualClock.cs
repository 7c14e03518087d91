using System.Diagnostics;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A clock that stands still until the test moves it, and whose timers fire while it is moved.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    // Real time: long enough for a busy machine, short enough that a test which waits for nothing is told of.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualClock()
        : this(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The zone of local times, whatever that of the machine is.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public override TimeZoneInfo LocalTimeZone => Zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until some timer is due within the span, so that the test moves the clock at the right moment.</summary>
    /// <exception cref="TimeoutException">No such timer was set for half a minute of real time: the code under test waits for something else.</exception>
    public Task TimerWithin(TimeSpan span, CancellationToken cancellationToken = default) =>
        TimerAsync(due => due <= _now + span, $"due within {span}", Patience, cancellationToken);

    /// <summary>Waits until some timer is due after exactly this span, where other timers would satisfy <see cref="TimerWithin"/>.</summary>
    /// <exception cref="TimeoutException">No such timer was set for half a minute of real time.</exception>
    public Task TimerDueIn(TimeSpan span, CancellationToken cancellationToken = default) =>
        TimerAsync(due => due == _now + span, $"due in {span}", Patience, cancellationToken);

    /// <summary>The wait with a patience of the test's own.</summary>
    internal Task TimerWithin(TimeSpan span, TimeSpan patience) => TimerAsync(due => due <= _now + span, $"due within {span}", patience, default);

    private async Task TimerAsync(Predicate<DateTimeOffset> isMeant, string which, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            Task set;
            lock (_gate)
            {
                if (_timers.Any(timer => isMeant(timer.Due)))
                {
                    return;
                }

                set = _timerSet.Task;
            }

            try
            {
                var left = patience - waited.Elapsed;
                await set.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"No timer {which} was set for {patience.TotalSeconds:0.###} seconds of real time. Set: {Timers()}.");
            }
        }
    }

    private string Timers()
    {
        lock (_gate)
        {
            return _timers.Count == 0 ? "none" : string.Join(", ", _timers.Select(timer => $"in {timer.Due - _now}"));
        }
    }

    public void Advance(TimeSpan span)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += span;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            foreach (var timer in due)
            {
                timer.Rearm(_now);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    Due = DateTimeOffset.MaxValue;
                    return true;
                }

                Due = clock._now + dueTime;
                clock._timers.Add(this);
                clock._timerSet.TrySetResult();
                clock._timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return true;
        }

        /// <summary>Called under the clock's lock: the next due time, or none.</summary>
        public void Rearm(DateTimeOffset now)
        {
            if (_period > TimeSpan.Zero)
            {
                Due = now + _period;
            }
            else
            {
                Due = DateTimeOffset.MaxValue;
                clock._timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
