using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Cancellation throws as such; silence longer than the idle timeout throws with a TimeoutException inside.</summary>
public class Law4CancellationAndSilenceTests
{
    [Fact]
    public async Task Cancellation_throws_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var live = new LiveStream();
        await using var updates = new VerbatimService().Streams(live.Body).Chat()
            .GetStreamingResponseAsync(Some.Question(), cancellationToken: cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Cancellation_is_seen_between_updates_that_are_there_already()
    {
        using var cancellation = new CancellationTokenSource();
        await using var updates = new VerbatimService().Streams(Exchange.Events(Hello, World, "[DONE]")).Chat()
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await updates.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => updates.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Silence_beyond_the_idle_time_out_throws_a_time_out()
    {
        var clock = new FakeClock();
        var live = new LiveStream();
        var idle = TimeSpan.FromSeconds(30);
        var chat = new VerbatimService().Streams(live.Body)
            .Chat(options => (options.TimeProvider, options.StreamIdleTimeout) = (clock, idle));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();
        await clock.TimerWithin(idle);

        clock.Advance(idle - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => waiting);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Contains("nothing arrived for 00:00:30", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_reader_is_not_a_silent_service()
    {
        var clock = new FakeClock();
        var live = new LiveStream();
        var chat = new VerbatimService().Streams(live.Body)
            .Chat(options => (options.TimeProvider, options.StreamIdleTimeout) = (clock, TimeSpan.FromSeconds(30)));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());

        clock.Advance(TimeSpan.FromHours(1));
        await live.SendEvent(World);

        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(" world", updates.Current.Text);
    }
}
