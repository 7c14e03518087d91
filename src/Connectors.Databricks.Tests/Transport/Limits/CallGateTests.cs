using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport.Limits;

namespace Connectors.Databricks.Tests.Transport.Limits;

/// <summary>Who may pass, when, and in which order.</summary>
public class CallGateTests
{
    [Fact]
    public async Task As_many_pass_as_may_and_the_next_follow_in_the_order_they_came()
    {
        using var gate = Gate(limits => limits.MaxConcurrentCalls = 2);
        var first = await Enter(gate);
        var second = await Enter(gate);
        var third = gate.EnterAsync(default).AsTask();
        var fourth = gate.EnterAsync(default).AsTask();
        Assert.False(third.IsCompleted);

        first.Release();
        await third;
        Assert.False(fourth.IsCompleted);

        second.Release();
        await fourth;
    }

    [Fact]
    public async Task A_turn_is_given_back_once()
    {
        using var gate = Gate(limits => limits.MaxConcurrentCalls = 1);
        var first = await Enter(gate);
        first.Release();
        first.Release();
        await Enter(gate);
        var third = gate.EnterAsync(default).AsTask();

        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_its_place_goes_to_the_next()
    {
        using var gate = Gate(limits => limits.MaxConcurrentCalls = 1);
        using var leaving = new CancellationTokenSource();
        var first = await Enter(gate);
        var second = gate.EnterAsync(leaving.Token).AsTask();
        var third = gate.EnterAsync(default).AsTask();

        await leaving.CancelAsync();
        first.Release();

        Assert.Equal(leaving.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second)).CancellationToken);
        await third;
    }

    [Fact]
    public async Task Whoever_comes_when_too_many_wait_is_turned_away()
    {
        using var gate = Gate(limits => (limits.MaxConcurrentCalls, limits.MaxQueuedCalls) = (1, 1));
        await Enter(gate);
        _ = gate.EnterAsync(default).AsTask();

        Assert.Null(await gate.EnterAsync(default));
    }

    [Fact]
    public async Task A_throttled_crowd_halves_the_limit_once_and_successes_let_it_climb()
    {
        using var gate = Gate(limits => limits.MaxConcurrentCalls = 8);
        var crowd = new List<CallPermit>();
        for (var i = 0; i < 4; i++)
        {
            crowd.Add(await Enter(gate));
        }

        Assert.Equal([4, null, null, null], crowd.Select(permit => permit.Throttled()));
        crowd.ForEach(permit => permit.Release());
        var limits = new List<int> { gate.Limit };
        for (var i = 0; i < 40; i++)
        {
            (await Enter(gate)).Release();
            limits.Add(gate.Limit);
        }

        Assert.Equal([4, 5, 6, 7, 8], limits.Distinct());
    }

    [Fact]
    public async Task The_limit_never_falls_below_one()
    {
        using var gate = Gate(limits => limits.MaxConcurrentCalls = 2);
        for (var i = 0; i < 5; i++)
        {
            var permit = await Enter(gate);
            permit.Throttled();
            permit.Release();
        }

        Assert.Equal(1, gate.Limit);
    }

    [Fact]
    public async Task A_limit_that_does_not_adapt_stays()
    {
        using var gate = Gate(limits => (limits.MaxConcurrentCalls, limits.AdaptsToThrottling) = (8, false));

        Assert.Null((await Enter(gate)).Throttled());
        Assert.Equal(8, gate.Limit);
    }

    [Fact]
    public async Task A_rate_lets_a_seconds_worth_go_at_once_and_the_rest_at_its_pace()
    {
        var clock = new FakeClock();
        using var gate = Gate(limits => limits.MaxCallsPerSecond = 2, clock);
        await Enter(gate);
        await Enter(gate);
        var third = gate.EnterAsync(default).AsTask();
        var fourth = gate.EnterAsync(default).AsTask();

        clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(third.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await third;
        Assert.False(fourth.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await fourth;
    }

    [Fact]
    public async Task A_rate_below_one_lets_a_call_go_now_and_then()
    {
        var clock = new FakeClock();
        using var gate = Gate(limits => limits.MaxCallsPerSecond = 0.1, clock);
        await Enter(gate);
        var second = gate.EnterAsync(default).AsTask();

        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await second;
    }

    [Fact]
    public async Task Those_who_come_while_others_wait_do_not_put_off_whose_turn_it_is()
    {
        var clock = new FakeClock();
        using var gate = Gate(limits => limits.MaxCallsPerSecond = 1, clock);
        await Enter(gate);
        var second = gate.EnterAsync(default).AsTask();
        for (var i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            _ = gate.EnterAsync(default).AsTask();
        }

        await second;
    }

    [Fact]
    public async Task A_rate_that_had_nobody_to_wake_goes_on()
    {
        var clock = new FakeClock();
        using var gate = Gate(limits => limits.MaxCallsPerSecond = 1, clock);
        using var leaving = new CancellationTokenSource();
        await Enter(gate);
        var second = gate.EnterAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Enter(gate);
        var third = gate.EnterAsync(default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(1));

        await third;
    }

    [Fact]
    public async Task Callers_who_leave_at_any_moment_leave_no_turn_behind()
    {
        using var gate = Gate(limits => (limits.MaxConcurrentCalls, limits.MaxQueuedCalls) = (3, 10_000));
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            using var leaving = new CancellationTokenSource();
            var turn = gate.EnterAsync(leaving.Token).AsTask();
            var left = Task.Run(leaving.Cancel);
            try
            {
                (await turn)!.Release();
            }
            catch (OperationCanceledException)
            {
                // It left while it waited.
            }

            await left;
        })));

        Assert.Equal(3, (await Task.WhenAll(Enter(gate), Enter(gate), Enter(gate))).Length);
        Assert.False(gate.EnterAsync(default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Many_callers_at_once_never_exceed_the_limit_and_all_get_their_turn()
    {
        using var gate = Gate(limits => (limits.MaxConcurrentCalls, limits.MaxQueuedCalls) = (7, 10_000));
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            var permit = await Enter(gate);
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            if (number % 50 == 0)
            {
                permit.Throttled();
            }

            Interlocked.Decrement(ref running);
            permit.Release();
        })));

        Assert.InRange(most, 1, 7);
        Assert.Equal(0, running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = most)
        {
        }
    }

    private static async Task<CallPermit> Enter(CallGate gate) => (await gate.EnterAsync(default))!;

    private static CallGate Gate(Action<DatabricksCallLimits> configure, TimeProvider? clock = null)
    {
        var limits = new DatabricksCallLimits();
        configure(limits);
        return new CallGate(limits, clock ?? new FakeClock());
    }
}
