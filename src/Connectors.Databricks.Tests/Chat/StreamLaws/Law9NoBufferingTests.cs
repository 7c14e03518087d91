using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Text arrives as it comes.</summary>
public class Law9NoBufferingTests
{
    [Fact]
    public async Task Text_reaches_the_caller_while_the_stream_is_still_open()
    {
        var live = new LiveStream();
        await using var updates = new VerbatimService().Streams(live.Body).Chat().GetStreamingResponseAsync(Some.Question())
            .GetAsyncEnumerator();

        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("Hello", updates.Current.Text);

        await live.Send("data: {\"id\":\"m1\",\"choices\":[{\"index\":0,\"del");
        var waiting = updates.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        await live.Send("ta\":{\"content\":\" there\"}}]}\n\n");
        Assert.True(await waiting);
        Assert.Equal(" there", updates.Current.Text);
    }
}
