using System.Threading.RateLimiting;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport.Resilience;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>Who may pass, when, and in which order.</summary>
public class AdaptiveConcurrencyLimiterTests
{
    [Fact]
    public async Task As_many_pass_as_may_and_the_next_follow_in_the_order_they_came()
    {
        using var limiter = Limiter(2);
        var first = await Acquire(limiter);
        var second = await Acquire(limiter);
        var third = limiter.AcquireAsync(default).AsTask();
        var fourth = limiter.AcquireAsync(default).AsTask();
        Assert.False(third.IsCompleted);

        first.Dispose();
        await third;
        Assert.False(fourth.IsCompleted);

        second.Dispose();
        await fourth;
    }

    [Fact]
    public async Task A_turn_is_given_back_once()
    {
        using var limiter = Limiter(1);
        var first = await Acquire(limiter);
        first.Dispose();
        first.Dispose();
        await Acquire(limiter);
        var third = limiter.AcquireAsync(default).AsTask();

        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task A_wait_can_be_canceled_and_its_place_goes_to_the_next()
    {
        using var limiter = Limiter(1);
        using var leaving = new CancellationTokenSource();
        var first = await Acquire(limiter);
        var second = limiter.AcquireAsync(leaving.Token).AsTask();
        var third = limiter.AcquireAsync(default).AsTask();

        await leaving.CancelAsync();
        first.Dispose();

        Assert.Equal(leaving.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second)).CancellationToken);
        await third;
    }

    [Fact]
    public async Task A_call_that_finds_the_queue_full_is_rejected()
    {
        using var limiter = Limiter(1, queueLimit: 1);
        await Acquire(limiter);
        _ = limiter.AcquireAsync(default).AsTask();

        Assert.False((await limiter.AcquireAsync(default)).IsAcquired);
    }

    [Fact]
    public async Task Newest_first_admits_the_last_call_and_rejects_the_oldest_of_a_full_queue()
    {
        using var limiter = Limiter(1, queueLimit: 2, newestFirst: true);
        var running = await Acquire(limiter);
        var waiting = Enumerable.Range(0, 3).Select(_ => limiter.AcquireAsync(default).AsTask()).ToList();

        Assert.False((await waiting[0]).IsAcquired);
        running.Dispose();

        Assert.True((await waiting[2]).IsAcquired);
        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public async Task A_throttled_crowd_halves_the_limit_once_and_successes_let_it_climb()
    {
        using var limiter = Limiter(8);
        var crowd = new List<Lease>();
        for (var i = 0; i < 4; i++)
        {
            crowd.Add(await Acquire(limiter));
        }

        Assert.Equal([4, null, null, null], crowd.Select(lease => lease.ReportThrottled()));
        crowd.ForEach(lease => lease.Dispose());
        var limits = new List<int> { limiter.Limit };
        for (var i = 0; i < 40; i++)
        {
            (await Acquire(limiter)).Dispose();
            limits.Add(limiter.Limit);
        }

        Assert.Equal([4, 5, 6, 7, 8], limits.Distinct());
    }

    [Fact]
    public async Task The_limit_never_falls_below_one()
    {
        using var limiter = Limiter(2);
        for (var i = 0; i < 5; i++)
        {
            var lease = await Acquire(limiter);
            lease.ReportThrottled();
            lease.Dispose();
        }

        Assert.Equal(1, limiter.Limit);
    }

    [Fact]
    public async Task A_limit_that_does_not_adapt_stays()
    {
        using var limiter = Limiter(8, isAdaptive: false);

        Assert.Null((await Acquire(limiter)).ReportThrottled());
        Assert.Equal(8, limiter.Limit);
    }

    [Fact]
    public async Task A_rate_lets_a_seconds_worth_go_at_once_and_the_rest_at_its_pace()
    {
        var clock = new FakeClock();
        using var limiter = Limiter(null, rate: 2, clock: clock);
        await Acquire(limiter);
        await Acquire(limiter);
        var third = limiter.AcquireAsync(default).AsTask();
        var fourth = limiter.AcquireAsync(default).AsTask();

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
        using var limiter = Limiter(null, rate: 0.1, clock: clock);
        await Acquire(limiter);
        var second = limiter.AcquireAsync(default).AsTask();

        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await second;
    }

    [Fact]
    public async Task Those_who_come_while_others_wait_do_not_put_off_whose_turn_it_is()
    {
        var clock = new FakeClock();
        using var limiter = Limiter(null, rate: 1, clock: clock);
        await Acquire(limiter);
        var second = limiter.AcquireAsync(default).AsTask();
        for (var i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            _ = limiter.AcquireAsync(default).AsTask();
        }

        await second;
    }

    [Fact]
    public async Task A_rate_without_waiters_goes_on()
    {
        var clock = new FakeClock();
        using var limiter = Limiter(null, rate: 1, clock: clock);
        using var leaving = new CancellationTokenSource();
        await Acquire(limiter);
        var second = limiter.AcquireAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Acquire(limiter);
        var third = limiter.AcquireAsync(default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(1));

        await third;
    }

    [Fact]
    public async Task Callers_who_leave_at_any_moment_leave_no_turn_behind()
    {
        using var limiter = Limiter(3, queueLimit: 10_000);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            using var leaving = new CancellationTokenSource();
            var turn = limiter.AcquireAsync(leaving.Token).AsTask();
            var left = Task.Run(leaving.Cancel);
            try
            {
                (await turn)!.Dispose();
            }
            catch (OperationCanceledException)
            {
                // It left while it waited.
            }

            await left;
        })));

        Assert.Equal(3, (await Task.WhenAll(Acquire(limiter), Acquire(limiter), Acquire(limiter))).Length);
        Assert.False(limiter.AcquireAsync(default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Many_callers_at_once_never_exceed_the_limit_and_all_get_their_turn()
    {
        using var limiter = Limiter(7, queueLimit: 10_000);
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            var lease = await Acquire(limiter);
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            if (number % 50 == 0)
            {
                lease.ReportThrottled();
            }

            Interlocked.Decrement(ref running);
            lease.Dispose();
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

    private static async Task<Lease> Acquire(AdaptiveConcurrencyLimiter limiter) => (Lease)await limiter.AcquireAsync(default);

    private static AdaptiveConcurrencyLimiter Limiter(
        int? permitLimit, int queueLimit = 1000, double? rate = null, bool isAdaptive = true, bool newestFirst = false,
        TimeProvider? clock = null) =>
        new(
            permitLimit is not { } limit ? null : new()
            {
                PermitLimit = limit,
                QueueLimit = queueLimit,
                QueueProcessingOrder = newestFirst ? QueueProcessingOrder.NewestFirst : QueueProcessingOrder.OldestFirst,
            },
            new() { MaxCallsPerSecond = rate, AdaptiveConcurrency = isAdaptive },
            clock ?? new FakeClock());
}
