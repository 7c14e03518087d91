using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Unknown events and comments are skipped and never end the stream; every line end parses.</summary>
public class Law2UnknownEventsTests
{
    [Theory]
    [InlineData(": keep-alive\n\n")]
    [InlineData(":\n\n")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    [InlineData("event: ping\ndata: not json at all\n\n")]
    [InlineData("data: {\"trace_id\":\"tr-1\"}\n\n")]
    [InlineData("data: {\"type\":\"something.new\",\"delta\":\"text\"}\n\n")]
    [InlineData("data: {\"choices\":[]}\n\n")]
    [InlineData("data: {\"choices\":null}\n\n")]
    [InlineData("data: null\n\n")]
    [InlineData("data: []\n\n")]
    [InlineData("data: {}\n\n")]
    [InlineData("id: 7\nretry: 100\nunknown: field\n\n")]
    [InlineData("\n\n\n")]
    public async Task Unknown_events_and_comments_are_skipped_and_never_end_the_stream(string intruder)
    {
        var sse = intruder + Exchange.Events(Hello) + intruder + Exchange.Events(World) + intruder + Exchange.Events("[DONE]");

        var updates = await Exchange.Collect(new VerbatimService().Streams(sse).Chat());

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }

    [Theory]
    [InlineData("\n", "data: ")]
    [InlineData("\r\n", "data: ")]
    [InlineData("\r", "data: ")]
    [InlineData("\n", "data:")]
    [InlineData("\r\n", "data:")]
    public async Task Every_line_end_and_a_missing_space_parse(string lineEnd, string field)
    {
        var sse = string.Concat(new[] { Hello, World, "[DONE]" }.Select(data => field + data + lineEnd + lineEnd));

        var updates = await Exchange.Collect(new VerbatimService().Streams(sse).Chat());

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }
}
