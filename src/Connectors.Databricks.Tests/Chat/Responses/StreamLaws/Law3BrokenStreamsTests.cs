using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>An error object inside a 200 stream throws, and so does a stream without an end; ErrorEventTests has the errors.</summary>
public class Law3BrokenStreamsTests
{
    [Theory]
    [InlineData(Created)]
    [InlineData(Created, """{"type":"response.output_text.delta","delta":"Hello"}""")]
    [InlineData("""{"type":"response.output_item.done","item":{"type":"message","id":"m","content":[]}}""")]
    public async Task A_stream_without_its_end_throws(params string[] data)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesLaws.Reads(data));

        Assert.Contains("the stream ended before its end marker", exception.Message, StringComparison.Ordinal);
        Assert.Equal((DatabricksServingErrorKind.Interrupted, true), (exception.Kind, exception.IsTransient));
    }

    [Fact]
    public async Task A_broken_connection_throws_with_what_broke_it()
    {
        var live = new LiveStream();
        await live.SendEvent(TextDelta("Hello"));
        live.Break();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Exchange.Collect(ResponsesLaws.Chat(new VerbatimService().Streams(live.Body))));

        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task A_connection_that_breaks_behind_the_end_has_done_its_work()
    {
        var live = new LiveStream();
        await live.SendEvent(TextDelta("Hello"));
        await live.SendEvent(Completed);
        await using var updates = ResponsesLaws.Chat(new VerbatimService().Streams(live.Body))
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var end = updates.MoveNextAsync();

        live.Break();

        Assert.True(await end);
        Assert.Equal(ChatFinishReason.Stop, updates.Current.FinishReason);
    }

    [Fact]
    public async Task An_end_without_a_blank_line_counts()
    {
        var events = Exchange.Events(TextDelta("Hello")) + "data: " + Completed;

        var updates = await Exchange.Collect(ResponsesLaws.Chat(new VerbatimService().Streams(events)));

        Assert.Equal(("Hello", 10), (updates.ToChatResponse().Text, updates.ToChatResponse().Usage!.TotalTokenCount));
    }

    [Fact]
    public async Task An_end_marker_is_end_enough() =>
        Assert.Equal("Hello", (await ResponsesLaws.Reads(TextDelta("Hello"), "[DONE]")).ToChatResponse().Text);
}
