using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

public class ResponsesFromWireTests
{
    private const string Reasoning =
        """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Think "},{"type":"summary_text","text":"twice."}],"encrypted_content":"abc=="}""";

    [Fact]
    public void A_document_becomes_a_response()
    {
        const string json =
            """
            {"id":"resp_1","object":"response","created_at":1790000000,"status":"completed","model":"gpt-5-2","service_tier":"priority",
             "output":[{"type":"reasoning","id":"rs_1","summary":[]},
                       {"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[]}]}],
             "usage":{"input_tokens":8,"input_tokens_details":{"cached_tokens":3},"output_tokens":20,"output_tokens_details":{"reasoning_tokens":16},"total_tokens":28},
             "error":null,"incomplete_details":null}
            """;

        var response = ResponsesExchange.Reads(json, headers: [("x-request-id", "req-1"), ("traceresponse", "00-ab-cd-01")]);

        Assert.Equal(("resp_1", "gpt-5-2", "Hi"), (response.ResponseId, response.ModelId, response.Text));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), response.CreatedAt);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Null(response.ConversationId);
        var message = Assert.Single(response.Messages);
        Assert.Equal((ChatRole.Assistant, "resp_1"), (message.Role, message.MessageId));
        var usage = response.Usage!;
        Assert.Equal(
            (8, 20, 28, 3, 16),
            (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount));
        Assert.Equal("req-1", response.AdditionalProperties![DatabricksPropertyNames.RequestId]);
        Assert.Equal("00-ab-cd-01", response.AdditionalProperties[DatabricksPropertyNames.TraceResponse]);
        Assert.Equal("priority", response.AdditionalProperties[DatabricksPropertyNames.ServiceTier]);
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.IsType<DatabricksServingResponse>(response.RawRepresentation).Body.Span));
    }

    [Fact]
    public void Items_are_stored_byte_for_byte_and_in_order()
    {
        const string spaced = """{ "type":"message", "id":"msg_1", "content":[ {"type":"output_text","text":"Gr\u00fc\u00dfe"} ] }""";

        var response = ResponsesExchange.Reads(Document(Reasoning, Call, spaced));

        Assert.Equal([Reasoning, Call, spaced], StoredItems.Of(response));
        Assert.All(StoredItems.All(response), item => Assert.Equal(("some-endpoint", "resp_1"), (item.Origin, item.ResponseId)));
        Assert.Equal("Grüße", response.Text);
    }

    [Fact]
    public void Stored_items_survive_storage_as_JSON()
    {
        var response = ResponsesExchange.Reads(Document(Reasoning, Message, Call, """{"type":"web_search_call","id":"ws_1"}"""));

        var json = JsonSerializer.Serialize(response, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse)));
        var read = (ChatResponse)JsonSerializer.Deserialize(json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse)))!;

        // What was read from JSON are elements, as a store gives them.
        foreach (var content in read.Messages.SelectMany(message => message.Contents))
        {
            if (content.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ResponseItem, out var value) is true)
            {
                content.AdditionalProperties[DatabricksPropertyNames.ResponseItem] = Assert.IsType<JsonElement>(value).GetString();
            }
        }

        Assert.Equal(StoredItems.Of(response), StoredItems.Of(read));
    }

    [Fact]
    public void Reasoning_carries_its_item_as_protected_data()
    {
        var contents = Assert.Single(ResponsesExchange.Reads(Document(Reasoning)).Messages).Contents;

        Assert.Equal("Think twice.", string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.StartsWith("databricks:item:", Assert.IsType<TextReasoningContent>(contents[^1]).ProtectedData, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_reasoning_is_not_shown_but_goes_back()
    {
        var response = ResponsesExchange.Reads(Document(Reasoning, Message), hidesReasoning: true);

        Assert.Equal("", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.Equal([Reasoning, Message], StoredItems.Of(response));
    }

    [Fact]
    public void A_text_is_followed_by_a_content_that_carries_its_item()
    {
        var contents = Assert.Single(ResponsesExchange.Reads(Document(Message)).Messages).Contents;

        Assert.Equal([typeof(TextContent), typeof(AIContent)], contents.Select(content => content.GetType()));
    }

    [Fact]
    public void A_call_has_arguments_and_its_item()
    {
        var response = ResponsesExchange.Reads(Document(Call));

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(Assert.Single(response.Messages).Contents));
        Assert.Equal(("call_1", "get_weather", "Oslo"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        Assert.False(call.InformationalOnly);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Theory]
    [InlineData("\"\"", 0)]
    [InlineData("null", 0)]
    [InlineData("{\"city\":\"Oslo\"}", 1)]
    public void Arguments_may_be_empty_or_an_object(string arguments, int count)
    {
        var response = ResponsesExchange.Reads(
            Document($$"""{"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":{{arguments}}}"""));

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal((count, null), (call.Arguments!.Count, call.Exception));
    }

    [Fact]
    public void Arguments_that_are_no_JSON_are_kept_with_the_reason()
    {
        var response = ResponsesExchange.Reads(
            Document("""{"type":"function_call","call_id":"c","name":"f","arguments":"{\"city\":"}"""));

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.NotNull(call.Exception);
        Assert.Equal("{\"city\":", call.AdditionalProperties![DatabricksPropertyNames.RawArguments]);
        Assert.Single(StoredItems.Of(response));
    }

    [Fact]
    public void Two_calls_with_one_id_are_told_apart()
    {
        var response = ResponsesExchange.Reads(Document(Call, Call.Replace("Oslo", "Rome", StringComparison.Ordinal)));

        FunctionCallContent[] calls = [.. response.Messages[0].Contents.OfType<FunctionCallContent>()];
        Assert.Equal(2, calls.Select(call => call.CallId).Distinct().Count());
        Assert.Equal("call_1", calls[1].AdditionalProperties![DatabricksPropertyNames.ToolCallId]);
    }

    [Fact]
    public void A_call_without_a_name_is_malformed() => Assert.Equal(
        DatabricksServingErrorKind.InvalidResponse,
        Assert.Throws<DatabricksServingException>(
            () => ResponsesExchange.Reads(Document("""{"type":"function_call","call_id":"c"}"""))).Kind);

    [Fact]
    public void A_refusal_is_an_error_content()
    {
        var response = ResponsesExchange.Reads(
            Document("""{"type":"message","id":"m","content":[{"type":"refusal","refusal":"No."}]}"""));

        var error = Assert.IsType<ErrorContent>(response.Messages[0].Contents[0]);
        Assert.Equal(("No.", "Refusal"), (error.Message, error.ErrorCode));
        Assert.Single(StoredItems.Of(response));
    }

    [Theory]
    [InlineData("""{"type":"url_citation","start_index":0,"end_index":2,"title":"Sky","url":"https://sky.example/"}""", "Sky", null)]
    [InlineData("""{"type":"file_citation","file_id":"file_1","index":3}""", null, "file_1")]
    [InlineData("""{"type":"file_path","file_id":"file_2","index":3}""", null, "file_2")]
    public void Annotations_are_citations(string annotation, string? title, string? file)
    {
        var response = ResponsesExchange.Reads(Document(
            $$"""{"type":"message","id":"m","content":[{"type":"output_text","text":"Hi","annotations":[{{annotation}}]}]}"""));

        var text = Assert.IsType<TextContent>(response.Messages[0].Contents[0]);
        var citation = Assert.IsType<CitationAnnotation>(Assert.Single(text.Annotations!));
        Assert.Equal((title, file), (citation.Title, citation.FileId));
    }

    [Fact]
    public void A_generated_image_is_data()
    {
        const string item = """{"type":"image_generation_call","id":"ig_1","status":"completed","result":"iVBORw0=","output_format":"webp"}""";

        var response = ResponsesExchange.Reads(Document(item));

        var image = Assert.IsType<DataContent>(response.Messages[0].Contents[0]);
        Assert.Equal(("image/webp", "data:image/webp;base64,iVBORw0="), (image.MediaType, image.Uri));
        Assert.Equal([item], StoredItems.Of(response));
    }

    [Fact]
    public void An_image_part_is_an_image()
    {
        var response = ResponsesExchange.Reads(Document(
            """{"type":"message","content":[{"type":"output_image","image_url":"data:image/png;base64,iVBORw0="}]}"""));

        Assert.Equal("image/png", Assert.IsType<DataContent>(response.Messages[0].Contents[0]).MediaType);
    }

    [Theory]
    [InlineData("""{"type":"web_search_call","id":"ws_1","status":"completed","action":{"query":"sky"}}""")]
    [InlineData("""{"type":"image_generation_call","id":"ig_1","result":"no base64!"}""")]
    [InlineData("""{"type":"mcp_approval_request","name":"without id"}""")]
    [InlineData("""{"type":"function_call_output","output":"without call"}""")]
    [InlineData("""{"id":"without type"}""")]
    [InlineData("""{"type":7}""")]
    public void Items_of_unknown_types_are_kept(string item)
    {
        var response = ResponsesExchange.Reads(Document(item));

        var content = Assert.Single(response.Messages[0].Contents);
        Assert.Equal(typeof(AIContent), content.GetType());
        Assert.Equal(item, Assert.IsType<JsonElement>(content.RawRepresentation).GetRawText());
        Assert.Equal([item], StoredItems.Of(response));
    }

    [Theory]
    [InlineData("\"completed\"", "null", "stop")]
    [InlineData("null", "null", "stop")]
    [InlineData("\"incomplete\"", """{"reason":"max_output_tokens"}""", "length")]
    [InlineData("\"incomplete\"", """{"reason":"content_filter"}""", "content_filter")]
    [InlineData("\"incomplete\"", """{"reason":"max_tool_calls"}""", "max_tool_calls")]
    [InlineData("\"incomplete\"", "{}", "incomplete")]
    [InlineData("\"queued\"", "null", "queued")]
    public void The_status_is_the_finish_reason(string status, string details, string expected)
    {
        var json = Document(Message)
            .Replace("\"completed\",\"model\"", $"{status},\"model\"", StringComparison.Ordinal)
            .Replace("\"incomplete_details\":null", $"\"incomplete_details\":{details}", StringComparison.Ordinal);

        Assert.Equal(new ChatFinishReason(expected), ResponsesExchange.Reads(json).FinishReason);
    }

    [Fact]
    public void A_response_without_output_has_an_empty_message()
    {
        var response = ResponsesExchange.Reads(Document());

        Assert.Empty(Assert.Single(response.Messages).Contents);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Theory]
    [InlineData("""{"id":"c","choices":[{"message":{"content":"Hi"}}]}""", "a chat completion")]
    [InlineData("""{"predictions":[1]}""", "predictions")]
    [InlineData("""{"id":"r"}""", "a JSON object without output items")]
    [InlineData("""{"id":"r","output":null}""", "a JSON object without output items")]
    [InlineData("[]", "a JSON value that is not an object")]
    public void A_document_of_another_kind_is_no_response(string json, string what)
    {
        var exception = Assert.Throws<DatabricksServingException>(() => ResponsesExchange.Reads(json));

        Assert.Equal(DatabricksServingErrorKind.InvalidResponse, exception.Kind);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Responses API", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"output":[]}x""")]
    [InlineData("""{"output":[{"type":"message","content":[{"type":"output_text","text":"\ud800x"}]}]}""")]
    public void A_document_that_is_no_JSON_fails_typed(string json) => Assert.Equal(
        DatabricksServingErrorKind.InvalidResponse,
        Assert.Throws<DatabricksServingException>(() => ResponsesExchange.Reads(json)).Kind);

    [Fact]
    public void Numbers_of_Python_are_read()
    {
        var response = ResponsesExchange.Reads(
            """{"output":[{"type":"message","content":[{"type":"output_text","text":"NaN"}]}],"custom_outputs":{"score":NaN}}""");

        Assert.Equal("NaN", response.Text);
    }

    [Theory]
    [InlineData("""{"error":{"code":"server_error","message":"It broke."},"status":"failed","output":[]}""", "server_error")]
    [InlineData("""{"error":{"code":"server_error","message":"It broke."},"status":"completed","output":[]}""", "server_error")]
    [InlineData("""{"error":null,"status":"failed","output":[]}""", null)]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"It broke."}""", "INTERNAL_ERROR")]
    public void A_failed_response_throws(string json, string? code)
    {
        var exception = Assert.Throws<DatabricksServingException>(() => ResponsesExchange.Reads(json));

        Assert.Equal((code, true), (exception.ErrorCode, exception.IsTransient));
        Assert.Equal(DatabricksServingErrorKind.ServiceFailure, exception.Kind);
    }
}
