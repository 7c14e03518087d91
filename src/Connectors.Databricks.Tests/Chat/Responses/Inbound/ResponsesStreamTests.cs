using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

public class ResponsesStreamTests
{
    [Fact]
    public async Task Deltas_become_updates_of_one_message()
    {
        var updates = await ResponsesExchange.ReadsStream(
            Created, Added("""{"type":"message","id":"msg_1","role":"assistant","status":"in_progress","content":[]}"""), TextDelta("Hel"),
            TextDelta("lo"), Done(Message), Completed);

        Assert.Equal(["Hel", "lo"], updates.SelectMany(update => update.Contents).OfType<TextContent>().Select(text => text.Text));
        Assert.All(
            updates.Where(update => update.MessageId is not null),
            update => Assert.Equal(
                (ChatRole.Assistant, "resp_1", "resp_1", "some-model"),
                (update.Role, update.MessageId, update.ResponseId, update.ModelId)));
        Assert.All(updates, update => Assert.Null(update.ConversationId));
        var response = updates.ToChatResponse();
        Assert.Equal(("Hello", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.Equal((8, 2, 10), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal([Message], StoredItems.Of(response));
    }

    [Fact]
    public async Task Reasoning_summaries_end_with_their_item()
    {
        const string item =
            """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Think."}],"encrypted_content":"abc=="}""";

        var updates = await ResponsesExchange.ReadsStream(
            Created, Added("""{"type":"reasoning","id":"rs_1","summary":[]}"""),
            """{"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Thi"}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"nk."}""",
            """{"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,"text":"Think."}""",
            """{"type":"response.reasoning_summary_part.done","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"Think."}}""",
            Done(item), Added(Message, 1), TextDelta("Hello", index: 1), Done(Message, 1), Completed);

        var response = updates.ToChatResponse();
        var contents = Assert.Single(response.Messages).Contents;
        var reasoning = Assert.Single(contents.OfType<TextReasoningContent>());
        Assert.Equal("Think.", reasoning.Text);
        Assert.Equal([item, Message], StoredItems.Of(response));
        Assert.Equal("Hello", response.Text);
    }

    [Theory]
    [InlineData("response.reasoning_text.delta")]
    [InlineData("response.reasoning.delta")]
    public async Task Reasoning_texts_have_two_spellings(string type)
    {
        var updates = await ResponsesExchange.ReadsStream(
            Created, $$"""{"type":"{{type}}","item_id":"rs_1","output_index":0,"content_index":0,"delta":"Denk "}""",
            $$"""{"type":"{{type}}","item_id":"rs_1","output_index":0,"content_index":0,"delta":"nach."}""",
            Done("""{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"Denk nach."}]}"""), Completed);

        var reasoning = Assert.IsType<TextReasoningContent>(Assert.Single(updates.ToChatResponse().Messages[0].Contents));
        Assert.Equal("Denk nach.", reasoning.Text);
        Assert.NotNull(reasoning.ProtectedData);
    }

    [Fact]
    public async Task Calls_are_given_out_when_the_stream_is_complete()
    {
        var updates = await ResponsesExchange.ReadsStream(
            Created, Added("""{"type":"function_call","id":"fc_1","call_id":"call_1","name":"get_weather","arguments":"","status":"in_progress"}"""),
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"city\":"}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\"Oslo\"}"}""",
            """{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"arguments":"{\"city\":\"Oslo\"}"}""",
            Done(Call), Completed);

        var response = updates.ToChatResponse();
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal(("call_1", "get_weather", "Oslo"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        Assert.Equal([Call], StoredItems.Of(response));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task A_call_whose_item_never_comes_is_built_from_its_deltas()
    {
        var updates = await ResponsesExchange.ReadsStream(
            Created, Added("""{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}"""),
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"a\":\"\ud83d"}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\ude00\"}"}""", Completed);

        var response = updates.ToChatResponse();
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal("😀", call.Arguments!["a"]!.ToString());
        Assert.Empty(StoredItems.Of(response));
    }

    [Fact]
    public async Task A_cut_stream_gives_out_no_call()
    {
        List<ChatResponseUpdate> updates = [];
        var live = new LiveStream();
        foreach (var item in new[] { Created, TextDelta("Moment."), Done(Message), Done(Call, 1) })
        {
            await live.SendEvent(item);
        }

        live.End();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.CollectInto(updates, live.Body));

        Assert.Equal((DatabricksServingErrorKind.Interrupted, true), (exception.Kind, exception.IsTransient));
        Assert.DoesNotContain(updates, update => update.Contents.Any(content => content is FunctionCallContent));
    }

    [Fact]
    public async Task A_refusal_is_given_out_whole()
    {
        const string item = """{"type":"message","id":"m","content":[{"type":"refusal","refusal":"I cannot."}]}""";

        var updates = await ResponsesExchange.ReadsStream(
            Created, """{"type":"response.refusal.delta","item_id":"m","output_index":0,"content_index":0,"delta":"I "}""",
            """{"type":"response.refusal.delta","item_id":"m","output_index":0,"content_index":0,"delta":"cannot."}""",
            """{"type":"response.refusal.done","item_id":"m","output_index":0,"content_index":0,"refusal":"I cannot."}""", Done(item),
            Completed);

        var error = Assert.Single(updates.SelectMany(update => update.Contents).OfType<ErrorContent>());
        Assert.Equal(("I cannot.", "Refusal"), (error.Message, error.ErrorCode));
    }

    [Fact]
    public async Task Annotations_are_given_out_once()
    {
        const string citation = """{"type":"url_citation","start_index":0,"end_index":5,"title":"Sky","url":"https://sky.example/"}""";
        var item = Message.Replace("\"annotations\":[]", $"\"annotations\":[{citation},{citation}]", StringComparison.Ordinal);

        var updates = await ResponsesExchange.ReadsStream(
            Created, TextDelta("Hello"),
            $$"""{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":0,"content_index":0,"annotation_index":0,"annotation":{{citation}}}""",
            Done(item), Completed);

        var response = updates.ToChatResponse();
        Assert.Equal("Hello", response.Text);
        Assert.Equal(
            2,
            response.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().Count());
    }

    [Fact]
    public async Task Raw_updates_have_the_JSON_of_every_event()
    {
        var updates = await ResponsesExchange.Collect(
            Exchange.Events(Created, TextDelta("Hello"), """{"type":"response.something.new"}""", Completed), keepsRaw: true);

        Assert.Equal(
            [Created, TextDelta("Hello"), """{"type":"response.something.new"}""", Completed],
            updates.Where(update => update.RawRepresentation is not null)
                .Select(update => System.Text.Encoding.UTF8.GetString(((DatabricksServingResponse)update.RawRepresentation!).Body.Span)));
    }

    [Fact]
    public async Task Further_messages_are_messages_of_their_own()
    {
        const string second = """{"type":"message","id":"msg_2","role":"assistant","content":[{"type":"output_text","text":"Bye"}]}""";

        var streamed = (await ResponsesExchange.ReadsStream(
            Created, TextDelta("Hello"), Done(Message), TextDelta("Bye", "msg_2", 1), Done(second, 1), Completed)).ToChatResponse();

        Assert.Equal([("resp_1", "Hello"), ("resp_1-1", "Bye")], streamed.Messages.Select(message => (message.MessageId!, message.Text)));
        Assert.Equal(
            streamed.Messages.Select(message => (message.MessageId, message.Text)),
            ResponsesExchange.Reads(Document(Message, second)).Messages.Select(message => (message.MessageId, message.Text)));
    }

    [Theory]
    [InlineData("""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}""", "length")]
    [InlineData("""{"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}""", "content_filter")]
    [InlineData("""{"type":"response.completed","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}""", "length")]
    [InlineData("""{"type":"response.incomplete"}""", "incomplete")]
    [InlineData("""{"type":"response.completed"}""", "stop")]
    [InlineData("""{"type":"response.completed","response":{"status":"in_progress"}}""", "stop")]
    [InlineData("[DONE]", "stop")]
    public async Task The_last_event_is_the_finish_reason(string last, string expected)
    {
        var updates = await ResponsesExchange.ReadsStream(TextDelta("Hello"), last);

        Assert.Equal(new ChatFinishReason(expected), updates.ToChatResponse().FinishReason);
    }
}
