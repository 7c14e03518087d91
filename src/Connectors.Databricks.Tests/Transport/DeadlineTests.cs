using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>A deadline tells the end of its time from the caller's leaving, and is done with when it is disposed.</summary>
public class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly FakeClock _clock = new();

    [Fact]
    public void The_end_of_the_time_cancels_and_is_told()
    {
        using var deadline = new Deadline(Limit, _clock, CancellationToken.None);

        _clock.Advance(Limit);

        Assert.Equal((true, true), (deadline.Token.IsCancellationRequested, deadline.Elapsed));
    }

    [Fact]
    public void The_callers_leaving_cancels_and_is_no_end_of_the_time()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new Deadline(Limit, _clock, caller.Token);

        caller.Cancel();

        Assert.Equal((true, false), (deadline.Token.IsCancellationRequested, deadline.Elapsed));
    }

    [Fact]
    public void Without_a_limit_it_does_not_end()
    {
        using var deadline = new Deadline(Timeout.InfiniteTimeSpan, _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromDays(30));

        Assert.False(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Set_anew_it_counts_from_then()
    {
        using var deadline = new Deadline(Limit, _clock, CancellationToken.None);
        _clock.Advance(Limit / 2);
        deadline.Restart(Limit);
        _clock.Advance(Limit / 2);
        Assert.False(deadline.Token.IsCancellationRequested);

        _clock.Advance(Limit / 2);

        Assert.True(deadline.Elapsed);
    }

    [Fact]
    public void Disposed_twice_and_set_anew_it_does_nothing()
    {
        using var caller = new CancellationTokenSource();
        var deadline = new Deadline(Limit, _clock, caller.Token);
        var token = deadline.Token;
        deadline.Dispose();
        deadline.Dispose();

        deadline.Restart(Limit);
        _clock.Advance(Limit * 2);
        caller.Cancel();

        Assert.False(token.IsCancellationRequested);
    }

    // A timer that was taken up again by the next must not end it, nor the next end this one.
    [Fact]
    public async Task One_behind_the_other_each_has_a_time_of_its_own()
    {
        var ended = 0;
        for (var i = 0; i < 300; i++)
        {
            using var deadline = new Deadline(TimeSpan.FromMilliseconds(i % 3), TimeProvider.System, CancellationToken.None);
            using var _ = deadline.Token.Register(() => Interlocked.Increment(ref ended));
            if (i % 30 == 0)
            {
                await Task.Delay(5);
            }
        }

        using var last = new Deadline(TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        await Task.Delay(50);

        Assert.False(last.Token.IsCancellationRequested);
        Assert.InRange(ended, 1, 300);
    }
}
