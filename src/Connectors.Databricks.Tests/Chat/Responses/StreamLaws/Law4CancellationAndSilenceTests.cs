using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>Cancellation throws as such; silence longer than the idle timeout throws with a TimeoutException inside.</summary>
public class Law4CancellationAndSilenceTests
{
    [Fact]
    public async Task Cancellation_throws_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var live = new LiveStream();
        await using var updates = ResponsesLaws.Chat(new VerbatimService().Streams(live.Body))
            .GetStreamingResponseAsync(Some.Question(), cancellationToken: cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await live.SendEvent(TextDelta("Hello"));
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
        var service = new VerbatimService().Streams(Exchange.Events(TextDelta("Hel"), TextDelta("lo"), Completed));
        await using var updates = ResponsesLaws.Chat(service).GetStreamingResponseAsync(Some.Question())
            .GetAsyncEnumerator(cancellation.Token);
        Assert.True(await updates.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => updates.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Silence_beyond_the_idle_timeout_throws_a_timeout()
    {
        var clock = new FakeClock();
        var live = new LiveStream();
        var idle = TimeSpan.FromSeconds(30);
        var chat = ResponsesLaws.Chat(
            new VerbatimService().Streams(live.Body), options => (options.TimeProvider, options.StreamIdleTimeout) = (clock, idle));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(TextDelta("Hello"));
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();
        await clock.TimerWithin(idle);

        clock.Advance(idle);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => waiting);
        Assert.IsType<TimeoutException>(exception.InnerException);
    }
}
