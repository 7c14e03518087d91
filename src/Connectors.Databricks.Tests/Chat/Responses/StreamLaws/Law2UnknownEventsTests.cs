using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>
/// Unknown events and comments are skipped and never end the stream; CRLF, LF, and <c>data:</c> without a space all parse.
/// </summary>
public class Law2UnknownEventsTests
{
    [Theory]
    [InlineData(": keep-alive\n\n")]
    [InlineData("event: ping\ndata: {}\n\n")]
    [InlineData("event: ping\ndata: not JSON\n\n")]
    [InlineData("data: {\"type\":\"response.web_search_call.searching\",\"item_id\":\"ws_1\"}\n\n")]
    [InlineData("data: {\"type\":\"response.output_text.new\",\"delta\":\"x\"}\n\n")]
    [InlineData("retry: 3000\nid: 7\n\n")]
    public async Task What_is_unknown_is_skipped(string unknown)
    {
        var events = $"{unknown}data: {Created}\n\n{unknown}data: {TextDelta("Hello")}\n\n{unknown}data: {Completed}\n\n{unknown}";

        var updates = await Exchange.Collect(ResponsesLaws.Chat(new VerbatimService().Streams(events)));

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }

    [Theory]
    [InlineData("data: ", "\r\n")]
    [InlineData("data:", "\n")]
    [InlineData("data:", "\r")]
    public async Task Every_line_end_and_a_missing_space_parse(string field, string lineEnd)
    {
        var events = string.Concat(new[] { Created, TextDelta("Hello"), Completed }.Select(data => field + data + lineEnd + lineEnd));

        var updates = await Exchange.Collect(ResponsesLaws.Chat(new VerbatimService().Streams(events)));

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task Data_lines_are_joined_and_the_name_may_follow_them()
    {
        var events = $"data: {{\"item_id\":\"m\",\ndata: \"delta\":\"Hello\"}}\nevent: response.output_text.delta\n\ndata: {Completed}\n\n";

        var updates = await Exchange.Collect(ResponsesLaws.Chat(new VerbatimService().Streams(events)));

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }
}
