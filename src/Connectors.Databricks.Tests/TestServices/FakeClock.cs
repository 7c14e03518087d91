using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A <see cref="FakeTimeProvider"/> that also lets a test wait until the code under test has set a timer.</summary>
internal sealed class FakeClock : FakeTimeProvider
{
    // Real time: long enough for a busy machine, short enough that a test which waits for a timer that is never set fails.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<TrackedTimer> _timers = [];
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeClock()
        : this(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public FakeClock(DateTimeOffset start)
        : base(start)
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new TrackedTimer(this, callback, state, dueTime, period);

    /// <summary>Waits until some timer is due within the span, so that the test advances the clock at the right moment.</summary>
    /// <exception cref="TimeoutException">
    /// No such timer was set for half a minute of real time: the code under test waits for something else.
    /// </exception>
    public Task TimerWithin(TimeSpan span, CancellationToken cancellationToken = default) =>
        TimerAsync(due => due <= GetUtcNow() + span, $"due within {span}", Patience, cancellationToken);

    /// <summary>
    /// Waits until some timer is due after exactly this span, where other timers would satisfy
    /// <see cref="TimerWithin(TimeSpan, CancellationToken)"/>.
    /// </summary>
    /// <exception cref="TimeoutException">No such timer was set for half a minute of real time.</exception>
    public Task TimerDueIn(TimeSpan span, CancellationToken cancellationToken = default) =>
        TimerAsync(due => due == GetUtcNow() + span, $"due in {span}", Patience, cancellationToken);

    /// <summary>The wait with a limit of the test's own.</summary>
    internal Task TimerWithin(TimeSpan span, TimeSpan patience) =>
        TimerAsync(due => due <= GetUtcNow() + span, $"due within {span}", patience, default);

    private async Task TimerAsync(Predicate<DateTimeOffset> matches, string which, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            Task set;
            lock (_lock)
            {
                if (_timers.Any(timer => matches(timer.Due)))
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
                throw new TimeoutException(
                    $"No timer {which} was set for {patience.TotalSeconds:0.###} seconds of real time. Set: {Timers()}.");
            }
        }
    }

    private string Timers()
    {
        lock (_lock)
        {
            return _timers.Count == 0 ? "none" : string.Join(", ", _timers.Select(timer => $"in {timer.Due - GetUtcNow()}"));
        }
    }

    private ITimer CreateInnerTimer(TimerCallback callback, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, null, dueTime, period);

    /// <summary>Announces when a timer is set, and is known to the clock while it is due.</summary>
    private sealed class TrackedTimer : ITimer
    {
        private readonly FakeClock _clock;
        private readonly ITimer _inner;
        private TimeSpan _period;

        public TrackedTimer(FakeClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _inner = clock.CreateInnerTimer(
                _ =>
                {
                    Track(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
                    callback(state);
                },
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Track(dueTime);
            return _inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Track(Timeout.InfiniteTimeSpan);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Track(TimeSpan dueTime)
        {
            lock (_clock._lock)
            {
                _clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return;
                }

                Due = _clock.GetUtcNow() + dueTime;
                _clock._timers.Add(this);
                _clock._timerSet.TrySetResult();
                _clock._timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
