using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>
/// After the end marker the stream is read to its end, for at most a quarter of a second. Behind <c>response.completed</c> another response
/// may follow, so the end of the body or the marker is the end.
/// </summary>
public class Law10FarewellTests : IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly LiveStream _live = new();
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;

    public Law10FarewellTests() =>
        _updates = ResponsesLaws.Chat(new VerbatimService().Streams(_live.Body), options => options.TimeProvider = _clock)
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _updates.DisposeAsync();
    }

    [Fact]
    public async Task The_end_is_read()
    {
        var farewell = await EndOfUpdates("[DONE]");
        Assert.False(farewell.IsCompleted);

        _live.End();

        Assert.False(await farewell);
    }

    [Fact]
    public async Task A_server_that_does_not_end_is_left_after_a_quarter_of_a_second()
    {
        var farewell = await EndOfUpdates("[DONE]");
        await _clock.TimerDueIn(ServingEventStream.LongestFarewell);

        _clock.Advance(ServingEventStream.LongestFarewell);

        Assert.False(await farewell);
    }

    [Fact]
    public async Task A_connection_that_breaks_then_has_done_its_work()
    {
        var farewell = await EndOfUpdates("[DONE]");

        _live.Break();

        Assert.False(await farewell);
    }

    // All that was sent is there at once: the first step that waits is the one behind the last update.
    private async Task<Task<bool>> EndOfUpdates(params string[] last)
    {
        foreach (var data in new[] { Created, TextDelta("Hello"), Completed }.Concat(last))
        {
            await _live.SendEvent(data);
        }

        var text = string.Empty;
        while (true)
        {
            var next = _updates.MoveNextAsync().AsTask();
            if (!next.IsCompleted)
            {
                Assert.Equal("Hello", text);
                return next;
            }

            Assert.True(await next);
            text += _updates.Current.Text;
        }
    }
}
