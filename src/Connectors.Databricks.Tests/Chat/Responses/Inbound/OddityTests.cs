using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>What models, agents and proxies send in another way (serving reference §8.3), in a document and in a stream.</summary>
public class OddityTests
{
    private const string QwenReasoning =
        """{"type":"message","id":"rs_1","role":"assistant","status":"completed","content":[{"type":"reasoning_text","text":"Think."}]}""";

    [Fact]
    public async Task Usage_may_lack_its_details()
    {
        var usage = ResponsesExchange.Reads(Document(Message)).Usage!;
        var streamed = (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), Completed)).ToChatResponse().Usage!;

        Assert.Equal((8, 2, 10, null, null), Counts(usage));
        Assert.Equal(Counts(usage), Counts(streamed));
    }

    private static (long?, long?, long?, long?, long?) Counts(UsageDetails usage) => (
        usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"input_tokens":null}""")]
    public void Usage_that_counts_nothing_is_none(string usage) => Assert.Null(ResponsesExchange.Reads(
        $$"""{"output":[{{Message}}],"usage":{{usage}}}""").Usage);

    [Fact]
    public void A_total_is_not_made_up() =>
        Assert.Null(ResponsesExchange.Reads($$$"""{"output":[{{{Message}}}],"usage":{"output_tokens":2}}""").Usage!.TotalTokenCount);

    [Fact]
    public void Reasoning_in_a_message_item_is_reasoning()
    {
        var response = ResponsesExchange.Reads(Document(QwenReasoning, Message));

        AssertReasonsAndSays(response);
        Assert.Equal([QwenReasoning, Message], StoredItems.Of(response));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streamed_reasoning_in_a_message_item_is_reasoning(bool isAnnounced)
    {
        string[] announced = isAnnounced ? [Added("""{"type":"message","id":"rs_1","role":"assistant","content":[]}""")] : [];

        var response = (await ResponsesExchange.ReadsStream([
            Created, .. announced,
            """{"type":"response.reasoning_text.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"Think."}""",
            """{"type":"response.reasoning_text.done","item_id":"rs_1","output_index":0,"content_index":0,"text":"Think."}""",
            Done(QwenReasoning), TextDelta("Hello", index: 1), Done(Message, 1), Completed])).ToChatResponse();

        AssertReasonsAndSays(response);
        Assert.Equal([QwenReasoning, Message], StoredItems.Of(response));
    }

    private static void AssertReasonsAndSays(ChatResponse response)
    {
        var contents = Assert.Single(response.Messages).Contents;
        Assert.Equal("Think.", string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.Equal("Hello", response.Text);
    }

    [Fact]
    public async Task The_event_line_names_an_event_without_a_type()
    {
        var events = new[] { Created, TextDelta("Hello"), Done(Message), Completed }.Select(item =>
        {
            var start = item.IndexOf("\"type\":\"", StringComparison.Ordinal) + 8;
            var type = item[start..item.IndexOf('"', start)];
            return $"event: {type}\ndata: {item.Replace($"\"type\":\"{type}\",", "", StringComparison.Ordinal)}\n\n";
        });

        var response = (await ResponsesExchange.Collect(string.Concat(events))).ToChatResponse();

        Assert.Equal(("Hello", 10), (response.Text, response.Usage!.TotalTokenCount));
        Assert.Equal([Message], StoredItems.Of(response));
    }

    [Theory]
    [InlineData("response")]
    [InlineData("responses")]
    public async Task The_end_may_be_misspelled_and_without_DONE(string prefix)
    {
        var end = Completed.Replace("response.completed", $"{prefix}.completed", StringComparison.Ordinal);

        Assert.Equal("Hello", (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), end)).ToChatResponse().Text);
        Assert.Equal("Hello", (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), end, "[DONE]")).ToChatResponse().Text);
    }

    [Fact]
    public async Task Several_responses_in_one_stream_are_one_response()
    {
        const string second = """{"type":"message","id":"msg_2","content":[{"type":"output_text","text":"Bye"}]}""";

        var response = (await ResponsesExchange.ReadsStream(
            Created, TextDelta("Hello"), Done(Message), CompletedWith(Message),
            Created.Replace("resp_1", "resp_2", StringComparison.Ordinal), TextDelta("Bye", "msg_2"), Done(second), CompletedWith(second)))
            .ToChatResponse();

        Assert.Equal(("resp_1", "Hello\nBye"), (response.ResponseId, response.Text.ReplaceLineEndings("\n")));
        Assert.Equal([Message, second], StoredItems.Of(response));
        Assert.Equal(["resp_1", "resp_2"], StoredItems.All(response).Select(item => item.ResponseId));
        Assert.Equal([0, 1], StoredItems.All(response).Select(item => item.Index));
    }

    [Fact]
    public async Task A_second_response_that_breaks_off_is_an_interruption() => Assert.Equal(
        DatabricksServingErrorKind.Interrupted,
        (await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.ReadsStream(Created, AgentDone(Message), Completed, Created, TextDelta("By")))).Kind);

    [Theory]
    [InlineData("""{"type":"response.output_text.delta","item_id":null,"output_index":null,"content_index":null,"delta":"Hello","logprobs":[],"obfuscation":"x"}""")]
    [InlineData("""{ "delta" : "Hello", "sequence_number" : 4, "type" : "response.output_text.delta" }""")]
    [InlineData("""{"type":"response.output_text.delta","delta":"Hel\u006co"}""")]
    [InlineData("""{"\u0074ype":"response.output_text.delt\u0061","delta":"Hello"}""")]
    public async Task A_delta_may_have_nulls_spaces_and_escapes(string delta) =>
        Assert.Equal("Hello", (await ResponsesExchange.ReadsStream(Created, delta, Completed)).ToChatResponse().Text);

    [Theory]
    [InlineData("""{"type":"response.output_text.delta","item_id":"msg_1","delta":null}""")]
    [InlineData("""{"type":"response.output_text.delta","item_id":"msg_1","delta":{}}""")]
    [InlineData("""{"type":"response.output_text.delta"}""")]
    [InlineData("""{"type":"response.output_item.added","item":null}""")]
    [InlineData("""{"type":"response.output_item.done","item":null}""")]
    [InlineData("""{"type":"response.content_part.done","part":null}""")]
    [InlineData("""{"type":"response.output_text.annotation.added","annotation":null}""")]
    [InlineData("""{"type":"response.mcp_list_tools.in_progress","item_id":"x"}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Events_that_say_nothing_are_skipped(string item) => Assert.Equal(
        ["Hello"],
        (await ResponsesExchange.ReadsStream(Created, item, TextDelta("Hello"), Done(Message), item, Completed))
            .ToChatResponse().Messages.Select(message => message.Text));

    [Fact]
    public async Task A_named_event_of_another_kind_need_not_be_JSON() => Assert.Equal(
        "Hello",
        (await ResponsesExchange.Collect(
            $"event: ping\ndata: now\n\ndata: {Created}\n\ndata: {TextDelta("Hello")}\n\ndata: {Completed}\n\n")).ToChatResponse().Text);

    [Fact]
    public async Task A_known_event_must_be_JSON() => Assert.Equal(
        DatabricksServingErrorKind.InvalidResponse,
        (await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.Collect(
            $"event: response.output_text.delta\ndata: Hello\n\ndata: {Completed}\n\n"))).Kind);

    [Fact]
    public async Task Half_a_surrogate_pair_waits_for_the_other_half()
    {
        var updates = await ResponsesExchange.ReadsStream(Created, TextDelta("a\\ud83d"), TextDelta("\\ude00b"), Completed);

        Assert.Equal(["a", "😀b"], updates.SelectMany(update => update.Contents).OfType<TextContent>().Select(text => text.Text));
        await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.ReadsStream(Created, TextDelta("a\\ud83d"), Completed));
    }

    [Theory]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"}}]}""", "the chunks of a chat completion")]
    [InlineData("""{"type":"response.unknown"}""", "a stream without a response or an output item")]
    public async Task A_stream_of_another_kind_is_no_response(string item, string what)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.ReadsStream(item, "[DONE]"));

        Assert.Equal(DatabricksServingErrorKind.InvalidResponse, exception.Kind);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
    }
}
