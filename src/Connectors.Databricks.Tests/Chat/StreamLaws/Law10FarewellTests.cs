using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>
/// Behind the last event the stream is read to its end, so that the connection takes the next call; but the end is not waited for long, and
/// nothing that happens there fails the response.
/// </summary>
public class Law10FarewellTests : IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly LiveStream _live = new();
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;

    public Law10FarewellTests() => _updates = new VerbatimService().Streams(_live.Body).Chat(options => options.TimeProvider = _clock)
        .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _updates.DisposeAsync();
    }

    [Fact]
    public async Task The_end_is_read()
    {
        var farewell = await EndOfUpdates();
        Assert.False(farewell.IsCompleted);

        _live.End();

        Assert.False(await farewell);
    }

    [Fact]
    public async Task What_comes_behind_the_last_event_is_passed_over()
    {
        var farewell = await EndOfUpdates();

        await _live.SendEvent(Hello);
        Assert.False(farewell.IsCompleted);
        _live.End();

        Assert.False(await farewell);
    }

    [Fact]
    public async Task A_server_that_does_not_end_is_left_after_a_quarter_of_a_second()
    {
        var farewell = await EndOfUpdates();
        await _clock.TimerDueIn(ServingEventStream.LongestFarewell);

        _clock.Advance(ServingEventStream.LongestFarewell - TimeSpan.FromTicks(1));
        Assert.False(farewell.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.False(await farewell);
    }

    [Fact]
    public async Task A_connection_that_breaks_then_has_done_its_work()
    {
        var farewell = await EndOfUpdates();

        _live.Break();

        Assert.False(await farewell);
    }

    // All that was sent is there at once: the first step that waits is the one behind the last update.
    private async Task<Task<bool>> EndOfUpdates()
    {
        await _live.SendEvent(Hello);
        await _live.SendEvent(World);
        await _live.SendEvent("[DONE]");
        var text = string.Empty;
        while (true)
        {
            var next = _updates.MoveNextAsync().AsTask();
            if (!next.IsCompleted)
            {
                Assert.Equal("Hello world", text);
                return next;
            }

            Assert.True(await next);
            text += _updates.Current.Text;
        }
    }
}
