using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>A timer that is set later or stopped without touching the one underneath rings when it should, and only then.</summary>
public class LazyTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();
    private readonly Bell _bell = new();

    [Fact]
    public void It_rings_when_its_time_has_come_and_once()
    {
        var timer = NewTimer();
        timer.Set(10 * Second);

        _clock.Advance(9 * Second);
        Assert.Equal(0, _bell.Rings);

        _clock.Advance(Second);
        _clock.Advance(100 * Second);
        Assert.Equal(1, _bell.Rings);
    }

    [Fact]
    public void Set_later_it_rings_later()
    {
        var timer = NewTimer();
        timer.Set(10 * Second);
        _clock.Advance(8 * Second);
        timer.Set(10 * Second);

        // The timer underneath wakes too early, and sleeps for the rest.
        _clock.Advance(2 * Second);
        _clock.Advance(7.9 * Second);
        Assert.Equal(0, _bell.Rings);

        _clock.Advance(0.1 * Second);
        Assert.Equal(1, _bell.Rings);
    }

    [Fact]
    public void Set_earlier_it_rings_earlier()
    {
        var timer = NewTimer();
        timer.Set(10 * Second);
        timer.Set(3 * Second);

        _clock.Advance(3 * Second);

        Assert.Equal(1, _bell.Rings);
    }

    [Fact]
    public void Stopped_it_does_not_ring_and_may_be_set_again()
    {
        var timer = NewTimer();
        timer.Set(10 * Second);
        timer.Set(Timeout.InfiniteTimeSpan);
        _clock.Advance(11 * Second);
        Assert.Equal(0, _bell.Rings);

        timer.Set(5 * Second);
        _clock.Advance(5 * Second);
        Assert.Equal(1, _bell.Rings);
    }

    // On Windows, timers leave out the time in which the machine sleeps, and timestamps do not.
    [Fact]
    public void A_timer_underneath_that_is_late_is_not_relied_on()
    {
        var clock = new SleepingClock();
        var timer = LazyTimer.For(clock, Bell.Ring, _bell);
        timer.Set(10 * Second);
        timer.Set(Timeout.InfiniteTimeSpan);
        clock.Slept = 3600 * Second;

        timer.Set(5 * Second);

        Assert.Equal(5 * Second, clock.Due);
    }

    [Fact]
    public void Given_back_it_is_silent()
    {
        var timer = NewTimer();
        timer.Set(Second);

        timer.GiveBack();
        _clock.Advance(10 * Second);

        Assert.Equal(0, _bell.Rings);
    }

    // Whatever thread finds it: the next call's time is its own, and so is what rings.
    [Fact]
    public async Task On_the_systems_clock_it_goes_from_one_to_the_next()
    {
        var bells = Enumerable.Range(0, 200).Select(_ => new Bell()).ToArray();
        foreach (var bell in bells)
        {
            var timer = LazyTimer.For(TimeProvider.System, Bell.Ring, bell);
            timer.Set(TimeSpan.FromMilliseconds(30));
            timer.GiveBack();
        }

        var last = LazyTimer.For(TimeProvider.System, Bell.Ring, _bell);
        last.Set(TimeSpan.FromMilliseconds(50));
        await _bell.Rung.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(bells, bell => Assert.Equal(0, bell.Rings));
        Assert.Equal(1, _bell.Rings);
    }

    [Fact]
    public async Task What_rings_carries_nobodys_context()
    {
        var local = new AsyncLocal<string?> { Value = "the first caller's" };
        string? seen = null;
        var timer = LazyTimer.For(
            new PlainClock(),
            bell =>
            {
                seen = local.Value;
                Bell.Ring(bell);
            },
            _bell);

        timer.Set(TimeSpan.FromMilliseconds(1));
        await _bell.Rung.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Null(seen);
    }

    // Many set, stop and give back at once, and each rings for none but itself.
    [Fact]
    public async Task Among_many_each_rings_for_itself()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (i, _) =>
        {
            var bell = new Bell();
            var timer = LazyTimer.For(TimeProvider.System, Bell.Ring, bell);
            timer.Set(TimeSpan.FromMinutes(1));
            timer.Set(i % 3 == 0 ? TimeSpan.FromMilliseconds(1 + (i % 7)) : Timeout.InfiniteTimeSpan);
            if (i % 3 == 0)
            {
                await bell.Rung.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            }
            else
            {
                await Task.Yield();
            }

            timer.GiveBack();
            Assert.Equal(i % 3 == 0 ? 1 : 0, bell.Rings);
        });
    }

    private LazyTimer NewTimer() => LazyTimer.For(_clock, Bell.Ring, _bell);

    /// <summary>A clock whose timestamps count a sleep of the machine, and whose timers, which never fire, do not.</summary>
    private sealed class SleepingClock : TimeProvider, ITimer
    {
        public TimeSpan Slept { get; set; }

        public TimeSpan Due { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Slept.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => this;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }

    /// <summary>The system's, under another name, whose timers are nobody else's.</summary>
    private sealed class PlainClock : TimeProvider;

    private sealed class Bell
    {
        private readonly TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _rings;

        public int Rings => Volatile.Read(ref _rings);

        public Task Rung => _rung.Task;

        public static void Ring(object bell)
        {
            var self = (Bell)bell;
            Interlocked.Increment(ref self._rings);
            self._rung.TrySetResult();
        }
    }
}
