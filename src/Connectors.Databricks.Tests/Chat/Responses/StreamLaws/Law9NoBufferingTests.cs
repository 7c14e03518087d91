using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>Text is yielded as it arrives.</summary>
public class Law9NoBufferingTests
{
    [Fact]
    public async Task Text_reaches_the_caller_while_the_stream_is_still_open()
    {
        var live = new LiveStream();
        await using var updates = ResponsesLaws.Chat(new VerbatimService().Streams(live.Body))
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

        await live.SendEvent(TextDelta("Hello"));
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("Hello", updates.Current.Text);

        await live.Send("data: {\"type\":\"response.output_text.delta\",\"del");
        var waiting = updates.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        await live.Send("ta\":\" there\"}\n\n");
        Assert.True(await waiting);
        Assert.Equal(" there", updates.Current.Text);
    }
}
