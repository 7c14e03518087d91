using System.Text;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>What the updates of a stream look like, in addition to the laws.</summary>
public class ChatStreamTests
{
    [Fact]
    public async Task The_request_asks_for_a_stream_with_usage()
    {
        var service = new VerbatimService().Streams(Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]"));

        await Exchange.Collect(service.Chat());

        JsonText.AssertEqual(
            """{"messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":true}}""",
            Assert.Single(service.Sent).Body);
    }

    [Fact]
    public async Task Usage_is_not_asked_for_when_the_option_is_off()
    {
        var service = new VerbatimService().Streams(Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]"));

        await Exchange.Collect(service.Chat(options => options.Chat.IncludeUsageInStreams = false));

        JsonText.AssertEqual("""{"messages":[{"role":"user","content":"Hello?"}],"stream":true}""", Assert.Single(service.Sent).Body);
    }

    [Fact]
    public async Task Every_update_of_a_message_shares_its_id_time_model_and_role()
    {
        // Claude's order: id and time follow the choices (serving reference §5.3).
        var updates = await Exchange.ReadsStream(
            """{"model":"us.anthropic.claude-sonnet-4-5","choices":[{"delta":{"role":"assistant","content":"I"},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","id":"msg_1","created":1763389135}""",
            """{"model":"us.anthropic.claude-sonnet-4-5","choices":[{"delta":{"content":" am"},"index":0,"finish_reason":"stop"}],"id":"msg_1","created":1763389136}""",
            "[DONE]");

        var created = DateTimeOffset.FromUnixTimeSeconds(1763389135);
        Assert.All(updates, update => Assert.Equal(
            ("msg_1", created, "us.anthropic.claude-sonnet-4-5"), (update.ResponseId, update.CreatedAt, update.ModelId)));
        Assert.All(updates[..^1], update => Assert.Equal(("msg_1", ChatRole.Assistant), (update.MessageId, update.Role)));
        var message = Assert.Single(updates.ToChatResponse().Messages);
        Assert.Equal("I am", Assert.IsType<TextContent>(Assert.Single(message.Contents)).Text);
    }

    [Fact]
    public async Task Facts_of_the_service_reach_the_response()
    {
        var service = new VerbatimService().Streams(
            Exchange.Events("""{"id":"m1","choices":[{"delta":{"content":"Hi."}}],"custom_outputs":{"n":1}}""", "[DONE]"),
            ("x-request-id", "req-7"), ("served-model-name", "champion"));

        var response = (await Exchange.Collect(service.Chat())).ToChatResponse();

        Assert.Equal("req-7", response.AdditionalProperties![DatabricksPropertyNames.RequestId]);
        Assert.Equal("champion", response.AdditionalProperties[DatabricksPropertyNames.ServedModelName]);
        Assert.Equal("""{"n":1}""", ((JsonElement)response.AdditionalProperties[DatabricksPropertyNames.CustomOutputs]!).GetRawText());
        Assert.Null(response.Messages[0].AdditionalProperties);
    }

    [Fact]
    public async Task Interleaved_choices_become_one_message_each()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"role":"assistant","content":"A"}},{"index":1,"delta":{"role":"assistant","content":"X"}}]}""",
            """{"id":"m1","choices":[{"index":1,"delta":{"content":"Y"}}]}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"B"},"finish_reason":"stop"}]}""",
            """{"id":"m1","choices":[{"index":1,"delta":{},"finish_reason":"length"}]}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal([("m1", "AB"), ("m1-1", "XY")], response.Messages.Select(message => (message.MessageId, message.Text)));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("length", response.Messages[1].AdditionalProperties![DatabricksPropertyNames.FinishReason]);
    }

    [Fact]
    public async Task An_index_whose_name_is_written_with_escapes_is_found()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"delta":{"content":"A"},"index":0,"finish_reason":"stop"}]}""",
            """{"id":"m1","choices":[{"delta":{"content":"B"},"\u0069ndex":1,"finish_reason":"stop"}]}""",
            "[DONE]");

        Assert.Equal(["A", "B"], updates.ToChatResponse().Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task An_index_behind_its_delta_says_whose_delta_it_is()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"delta":{"content":"A"},"index":0},{"delta":{"content":"X"},"index":1}]}""",
            """{"id":"m1","choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"f","arguments":"{}"}}]},"index":1}]}""",
            """{"id":"m1","choices":[{"delta":{"content":"\"index\":1"},"index":0,"finish_reason":"stop"}]}""",
            """{"id":"m1","choices":[{"delta":{"content":"Y"},"index" : 1,"finish_reason":"length"}]}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal([("m1", "A\"index\":1"), ("m1-1", "XY")], response.Messages.Select(message => (message.MessageId, message.Text)));
        Assert.Equal("c1", Assert.Single(response.Messages[1].Contents.OfType<FunctionCallContent>()).CallId);
    }

    [Theory]
    [InlineData("\"id\":null,", "choice-0", "choice-1")]
    [InlineData("\"id\":\"m1\",", "m1", "m1-1")]
    public async Task Choices_stay_apart_whichever_comes_first_and_whether_they_have_an_id(string id, string first, string second)
    {
        var updates = await Exchange.ReadsStream(
            $$"""{ {{id}} "choices":[{"index":1,"delta":{"content":"B"},"finish_reason":"length"}]}""",
            $$"""{ {{id}} "choices":[{"index":0,"delta":{"content":"A"},"finish_reason":"stop"}]}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal([(first, "A"), (second, "B")], response.Messages.Select(message => (message.MessageId, message.Text)));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task A_nameless_response_takes_its_message_ids_from_the_request_id()
    {
        var service = new VerbatimService().Streams(
            Exchange.Events("""{"choices":[{"index":0,"delta":{"content":"A"}},{"index":1,"delta":{"content":"B"}}]}""", "[DONE]"),
            ("x-request-id", "req-7"));

        var response = (await Exchange.Collect(service.Chat())).ToChatResponse();

        Assert.Equal(("req-7, req-7-1", null), (string.Join(", ", response.Messages.Select(item => item.MessageId)), response.ResponseId));
    }

    [Fact]
    public async Task One_body_in_place_of_a_stream_keeps_choices_apart_and_its_raw_form()
    {
        var service = new VerbatimService().Answers(
            """{"choices":[{"index":0,"message":{"content":"A"}},{"index":1,"message":{"content":"B"}}]}""");

        var updates = await Exchange.Collect(service.Chat(options => options.Chat.IncludeRawUpdates = true));

        Assert.Equal(["A", "B"], updates.ToChatResponse().Messages.Select(message => message.Text));
        Assert.All(updates, update => Assert.IsType<DatabricksServingResponse>(update.RawRepresentation));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task A_stream_under_another_name_is_read_as_one(string mediaType)
    {
        var service = new VerbatimService().Answers(
            Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]"), mediaType: mediaType);

        Assert.Equal("Hi.", (await Exchange.Collect(service.Chat())).ToChatResponse().Text);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_at_the_call()
    {
        var chat = new VerbatimService().Chat();

        var options = new ChatOptions { ModelId = ".." };
        Assert.Throws<ArgumentException>("options", () => chat.GetStreamingResponseAsync(Some.Question(), options));
    }

    [Fact]
    public async Task A_base_document_is_asked_for_once_and_decides_on_stream_options()
    {
        var asked = 0;
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"Unknown name \"stream_options\""}""", System.Net.HttpStatusCode.BadRequest);
        var options = new ChatOptions
        {
            RawRepresentationFactory = _ =>
            {
                asked++;
                return new System.Text.Json.Nodes.JsonObject { ["stream_options"] = new System.Text.Json.Nodes.JsonObject() };
            },
        };

        await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat(), options));

        Assert.Equal((1, 1), (asked, service.Sent.Count));
    }

    [Fact]
    public async Task A_refusal_in_pieces_is_one_error_content()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"refusal":"I will"}}]}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"refusal":" not."},"finish_reason":"stop"}]}""",
            "[DONE]");

        Assert.Equal("I will not.", Assert.Single(updates.SelectMany(update => update.Contents).OfType<ErrorContent>()).Message);
    }

    [Fact]
    public async Task Updates_carry_no_raw_form_unless_it_is_asked_for()
    {
        var updates = await Exchange.ReadsStream("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]");

        Assert.All(updates, update => Assert.Null(update.RawRepresentation));
    }

    [Fact]
    public async Task Every_event_keeps_its_raw_form_when_it_is_asked_for()
    {
        string[] events = ["""{"choices":[{"delta":{"content":"Hi."}}]}""", """{"trace_id":"tr-1"}"""];
        var service = new VerbatimService().Streams(Exchange.Events([.. events, "[DONE]"]));

        var updates = await Exchange.Collect(service.Chat(options => options.Chat.IncludeRawUpdates = true));

        var raw = updates.Select(update => update.RawRepresentation).OfType<DatabricksServingResponse>()
            .Select(item => Encoding.UTF8.GetString(item.Body.Span));
        Assert.Equal(events, raw);
    }

    [Fact]
    public async Task One_body_in_response_to_a_stream_request_is_read()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = (await Exchange.Collect(service.Chat())).ToChatResponse();

        Assert.Equal(("Hi.", ChatFinishReason.Stop, 2L), (response.Text, response.FinishReason, response.Usage!.TotalTokenCount));
    }

    [Fact]
    public async Task A_login_page_in_place_of_a_stream_is_a_typed_failure()
    {
        var service = new VerbatimService().Answers("<html><title>Sign in</title></html>", mediaType: "text/html");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat()));

        Assert.Contains("an HTML page with a success status: \"Sign in\"", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"Hi.\"}}]")]
    [InlineData("plain words")]
    [InlineData("{} {}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"\\ud800\"}}]}")]
    public async Task An_event_that_is_no_JSON_is_a_typed_failure(string data)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(data, "[DONE]"));

        Assert.Contains("not the expected JSON", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_in_several_data_lines_is_one_document()
    {
        var sse = "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"Hi.\"}}]}\n\ndata: [DONE]\n\n";

        Assert.Equal("Hi.", (await Exchange.Collect(new VerbatimService().Streams(sse).Chat())).ToChatResponse().Text);
    }

    [Fact]
    public async Task Reading_twice_sends_twice()
    {
        var sse = Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]");
        var service = new VerbatimService().Streams(sse).Streams(sse);
        var stream = service.Chat().GetStreamingResponseAsync(Some.Question());

        await foreach (var _ in stream)
        {
        }

        await foreach (var _ in stream)
        {
        }

        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task A_reader_that_stops_early_closes_the_response()
    {
        var body = new ClosableStream(Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]"));

        await foreach (var _ in new VerbatimService().Streams(body).Chat().GetStreamingResponseAsync(Some.Question()))
        {
            break;
        }

        Assert.True(body.IsClosed);
    }

    private sealed class ClosableStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
