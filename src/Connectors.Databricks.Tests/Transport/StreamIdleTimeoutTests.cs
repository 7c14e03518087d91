using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>The idle timeout of a stream tells itself from the caller's cancellation, and rarely touches its timer.</summary>
public class StreamIdleTimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly FakeClock _clock = new();

    [Fact]
    public void Its_end_cancels_the_token_and_is_told()
    {
        using var timeout = new StreamIdleTimeout(_clock, CancellationToken.None);
        timeout.Start(Limit);

        _clock.Advance(Limit);

        Assert.Equal((true, true), (timeout.Token.IsCancellationRequested, timeout.IsElapsed));
    }

    [Fact]
    public void The_cancellation_of_the_caller_is_no_timeout()
    {
        using var caller = new CancellationTokenSource();
        using var timeout = new StreamIdleTimeout(_clock, caller.Token);
        timeout.Start(Limit);

        caller.Cancel();

        Assert.Equal((true, false), (timeout.Token.IsCancellationRequested, timeout.IsElapsed));
    }

    [Fact]
    public void An_infinite_timeout_never_ends()
    {
        using var timeout = new StreamIdleTimeout(_clock, CancellationToken.None);
        timeout.Start(Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromDays(30));

        Assert.False(timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_stopped_timeout_does_not_end_and_can_be_started_again()
    {
        using var timeout = new StreamIdleTimeout(_clock, CancellationToken.None);
        timeout.Start(Limit);
        timeout.Stop();
        _clock.Advance(Limit * 10);
        Assert.False(timeout.Token.IsCancellationRequested);

        timeout.Start(Limit);
        _clock.Advance(Limit);

        Assert.True(timeout.IsElapsed);
    }

    [Fact]
    public void Started_again_it_counts_from_then()
    {
        using var timeout = new StreamIdleTimeout(_clock, CancellationToken.None);
        timeout.Start(Limit);
        _clock.Advance(Limit / 2);
        timeout.Start(Limit);
        _clock.Advance(Limit / 2);
        Assert.False(timeout.Token.IsCancellationRequested);

        _clock.Advance(Limit / 2);

        Assert.True(timeout.IsElapsed);
    }

    [Fact]
    public void A_shorter_timeout_takes_effect_although_the_timer_runs_for_longer()
    {
        using var timeout = new StreamIdleTimeout(_clock, CancellationToken.None);
        timeout.Start(Limit);
        timeout.Stop();
        timeout.Start(TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(timeout.IsElapsed);
    }

    [Fact]
    public void A_thousand_waits_set_the_timer_once()
    {
        var clock = new CountingClock();
        using var timeout = new StreamIdleTimeout(clock, CancellationToken.None);
        for (var i = 0; i < 1000; i++)
        {
            timeout.Start(Limit);
            timeout.Stop();
        }

        Assert.Equal(1, clock.Changes);
    }

    [Fact]
    public void A_disposed_timeout_is_not_canceled_by_its_timer_or_its_caller()
    {
        using var caller = new CancellationTokenSource();
        var timeout = new StreamIdleTimeout(_clock, caller.Token);
        var token = timeout.Token;
        timeout.Start(Limit);
        timeout.Dispose();

        _clock.Advance(Limit);
        caller.Cancel();

        Assert.False(token.IsCancellationRequested);
    }

    private sealed class CountingClock : TimeProvider
    {
        public int Changes { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new CountingTimer(this);

        private sealed class CountingTimer(CountingClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Changes++;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
