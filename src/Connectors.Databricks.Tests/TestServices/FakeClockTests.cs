namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A test that waits for a timer which is never set must fail with a message.</summary>
public class FakeClockTests
{
    [Fact]
    public async Task A_wait_for_a_timer_that_is_never_set_ends()
    {
        var clock = new FakeClock();
        await using var other = clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);

        var exception = await Assert.ThrowsAsync<TimeoutException>(
            () => clock.TimerWithin(TimeSpan.FromSeconds(5), patience: TimeSpan.FromMilliseconds(1)));

        Assert.Equal("No timer due within 00:00:05 was set for 0.001 seconds of real time. Set: in 00:01:00.", exception.Message);
    }
}
