using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

/// <summary>Whole bodies, in every dialect of serving reference §4.</summary>
public class ChatResponseFromWireTests
{
    [Fact]
    public async Task A_plain_answer_is_read_whole()
    {
        var response = await Exchange.Reads(
            """
            {"id":"chatcmpl-6f1c","object":"chat.completion","created":1790000000,"model":"meta-llama-3.3-70b-instruct-121024",
             "choices":[{"index":0,"message":{"role":"assistant","content":"Paris."},"finish_reason":"stop","logprobs":null}],
             "usage":{"prompt_tokens":14,"completion_tokens":3,"total_tokens":17}}
            """);

        var message = Assert.Single(response.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.Equal("Paris.", Assert.IsType<TextContent>(Assert.Single(message.Contents)).Text);
        Assert.Equal(("chatcmpl-6f1c", "chatcmpl-6f1c"), (message.MessageId, response.ResponseId));
        Assert.Equal("meta-llama-3.3-70b-instruct-121024", response.ModelId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), response.CreatedAt);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Null(response.ConversationId);
        Assert.Equal((14, 3, 17), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Theory]
    [InlineData("""{"id":null,"created":0,"model":null,"choices":[{"message":{"role":"assistant","content":"Hi."}}]}""")]
    [InlineData("""{"created":null,"choices":[{"message":{"content":"Hi."},"finish_reason":null,"index":0}],"usage":null}""")]
    [InlineData("""{"created":-5,"choices":[{"message":{"role":null,"content":"Hi."}}],"error":null,"error_code":null}""")]
    [InlineData("""{"choices":[{"message":{"role":7,"content":"Hi.","tool_calls":null,"refusal":null,"annotations":[],"audio":null,"function_call":null}}]}""")]
    public async Task Missing_null_and_odd_members_do_not_matter(string body)
    {
        var response = await Exchange.Reads(body);

        Assert.Equal("Hi.", response.Text);
        Assert.Equal(ChatRole.Assistant, response.Messages[0].Role);
        Assert.Null(response.ResponseId);
        Assert.Null(response.CreatedAt);
        Assert.Null(response.ModelId);
        Assert.Null(response.Usage);
        Assert.Null(response.FinishReason);
    }

    [Theory]
    [InlineData("\"Hi.\"")]
    [InlineData("""[{"type":"text","text":"Hi."}]""")]
    [InlineData("""[{"text":"Hi.","type":"text"}]""")]
    [InlineData("""[{"type":"output_text","text":"Hi."}]""")]
    [InlineData("""["Hi."]""")]
    [InlineData("""{"type":"text","text":"Hi."}""")]
    [InlineData("""[null,7,{"type":"text","text":""},{"type":"text","text":"Hi."}]""")]
    public async Task Content_may_be_a_string_an_array_or_one_part(string content)
    {
        var response = await Exchange.Reads($$"""{"choices":[{"message":{"content":{{content}},"role":"assistant"} }]}""");

        Assert.Equal("Hi.", Assert.IsType<TextContent>(Assert.Single(response.Messages[0].Contents)).Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task Content_without_text_gives_an_empty_message(string content)
    {
        var response = await Exchange.Reads($$"""{"choices":[{"message":{"content":{{content}} },"finish_reason":"stop"}]}""");

        Assert.Empty(Assert.Single(response.Messages).Contents);
    }

    [Fact]
    public async Task Signed_reasoning_keeps_its_signature_for_the_next_turn()
    {
        var response = await Exchange.Reads(
            """
            {"choices":[{"message":{"role":"assistant","content":[
              {"type":"reasoning","summary":[{"type":"summary_text","text":"Think.","signature":"EqoB=="}]},
              {"type":"text","text":"Answer."}]},"finish_reason":"stop"}]}
            """);

        var reasoning = Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]);
        Assert.Equal("Think.", reasoning.Text);
        Assert.Equal("databricks:signature@some-endpoint:EqoB==", reasoning.ProtectedData);
        Assert.Equal("Answer.", response.Text);
    }

    [Theory]
    [InlineData("""{"type":"summary_text","text":"","signature":"EqoB=="}""", "", "databricks:signature@some-endpoint:EqoB==")]
    [InlineData("""{"type":"summary_text","text":"Think."}""", "Think.", "databricks:summary@some-endpoint:")]
    [InlineData("""{"type":"summary_text","text":"Think.","signature":""}""", "Think.", "databricks:summary@some-endpoint:")]
    [InlineData("""{"type":"summary_encrypted_text","data":"c2VjcmV0"}""", "", "databricks:encrypted@some-endpoint:c2VjcmV0")]
    public async Task Each_kind_of_reasoning_summary_is_sealed_as_it_came(string summary, string text, string seal)
    {
        var response = await Exchange.Reads(
            $$"""{"choices":[{"message":{"content":[{"type":"reasoning","summary":[{{summary}}]},{"type":"text","text":"Answer."}]} }]}""");

        var reasoning = Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]);
        Assert.Equal((text, seal), (reasoning.Text, reasoning.ProtectedData));
    }

    [Fact]
    public async Task Reasoning_next_to_the_content_is_protected_as_such()
    {
        var response = await Exchange.Reads("""{"choices":[{"message":{"reasoning_content":"Think.","content":"Answer."}}]}""");

        var reasoning = Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]);
        Assert.Equal(("Think.", "databricks:reasoning_content@some-endpoint:"), (reasoning.Text, reasoning.ProtectedData));
        Assert.Equal("Answer.", response.Text);
    }

    [Fact]
    public async Task Reasoning_stays_hidden_when_the_caller_does_not_want_it()
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think."}]},{"type":"text","text":"Answer."}]}}]}""",
            new ChatOptions { Reasoning = new ReasoningOptions { Output = ReasoningOutput.None } });

        Assert.Equal("Answer.", Assert.IsType<TextContent>(Assert.Single(response.Messages[0].Contents)).Text);
    }

    [Fact]
    public async Task Reasoning_next_to_the_content_comes_first_wherever_it_is()
    {
        var response = await Exchange.Reads("""{"choices":[{"message":{"content":"Answer.","reasoning_content":"Think."}}]}""");

        Assert.Equal(
            [typeof(TextReasoningContent), typeof(TextContent)], response.Messages[0].Contents.Select(content => content.GetType()));
    }

    [Theory]
    [InlineData("data:;base64,!!")]
    [InlineData("data:image/png;base64,%%%")]
    [InlineData("no address")]
    public async Task An_image_part_without_a_good_address_is_kept_raw(string url)
    {
        var image = await Exchange.Reads(
            $$$"""{"choices":[{"message":{"content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}}]}""");

        Assert.NotNull(Assert.Single(image.Messages[0].Contents).RawRepresentation);
    }

    [Theory]
    [InlineData("\"role\":\" \",", "")]
    [InlineData("", ",\"finish_reason\":\" \"")]
    public async Task A_blank_role_or_reason_is_a_missing_one(string role, string reason)
    {
        var response = await Exchange.Reads($$$"""{"choices":[{"message":{ {{{role}}} "content":"Hi."} {{{reason}}} }]}""");

        Assert.Equal((ChatRole.Assistant, (ChatFinishReason?)null), (response.Messages[0].Role, response.FinishReason));
    }

    [Fact]
    public async Task A_refusal_is_an_error_content()
    {
        var response = await Exchange.Reads("""{"choices":[{"message":{"content":null,"refusal":"I refuse."},"finish_reason":"stop"}]}""");

        var error = Assert.IsType<ErrorContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal(("I refuse.", "Refusal"), (error.Message, error.ErrorCode));
    }

    [Fact]
    public async Task A_part_of_unknown_kind_is_kept_raw()
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"content":[{"type":"hologram","beam":[1,2]},{"type":"text","text":"See?"}]}}]}""");

        var unknown = response.Messages[0].Contents[0];
        Assert.Equal(typeof(AIContent), unknown.GetType());
        Assert.Equal("""{"type":"hologram","beam":[1,2]}""", Assert.IsType<JsonElement>(unknown.RawRepresentation).GetRawText());
        Assert.Equal("See?", response.Text);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("https://pictures.example/a.png")]
    public async Task An_image_part_becomes_a_content_of_its_own(string url)
    {
        var image = await Exchange.Reads(
            $$$"""{"choices":[{"message":{"content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}}]}""");

        var uri = Assert.Single(image.Messages[0].Contents) switch
        {
            DataContent data => data.Uri,
            UriContent link => link.Uri.OriginalString,
            _ => null,
        };
        Assert.Equal(url, uri);
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("max_tokens", "length")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("function_call", "tool_calls")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("safety", "content_filter")]
    [InlineData("blocked", "content_filter")]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("coffee_break", "coffee_break")]
    public async Task A_finish_reason_is_mapped_or_kept(string wire, string expected)
    {
        var response = await Exchange.Reads($$"""{"choices":[{"message":{"content":"Hi."},"finish_reason":"{{wire}}"}]}""");

        Assert.Equal(new ChatFinishReason(expected), response.FinishReason);
    }

    [Fact]
    public async Task An_empty_finish_reason_is_none() =>
        Assert.Null((await Exchange.Reads("""{"choices":[{"message":{"content":"Hi."},"finish_reason":""}]}""")).FinishReason);

    [Fact]
    public async Task Every_choice_is_a_message_of_its_own()
    {
        var response = await Exchange.Reads(
            """
            {"id":"r1","choices":[
              {"index":1,"message":{"role":"assistant","content":"Two."},"finish_reason":"length"},
              {"index":0,"message":{"role":"assistant","content":"One."},"finish_reason":"stop"}]}
            """);

        Assert.Equal([("r1", "One."), ("r1-1", "Two.")], response.Messages.Select(message => (message.MessageId, message.Text)));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Null(response.Messages[0].AdditionalProperties);
        Assert.Equal("length", response.Messages[1].AdditionalProperties![DatabricksPropertyNames.FinishReason]);
    }

    [Fact]
    public async Task Facts_of_the_service_are_reachable_by_name()
    {
        var response = await Exchange.Reads(
            """
            {"id":"r1","service_tier":"priority","system_fingerprint":"fp_1","choices":[{"message":{"content":"Hi."},"logprobs":{"content":[]}}],
             "custom_outputs":{"score":1},"databricks_output":{"databricks_request_id":"q","trace":{"info":{"trace_id":"tr-1"}}}}
            """,
            headers: [("x-databricks-request-id", "req-7"), ("served-model-name", "champion")]);

        var properties = response.AdditionalProperties!;
        Assert.Equal("req-7", properties[DatabricksPropertyNames.RequestId]);
        Assert.Equal("champion", properties[DatabricksPropertyNames.ServedModelName]);
        Assert.Equal("priority", properties[DatabricksPropertyNames.ServiceTier]);
        Assert.Equal("fp_1", properties[DatabricksPropertyNames.SystemFingerprint]);
        Assert.Equal("""{"score":1}""", ((JsonElement)properties[DatabricksPropertyNames.CustomOutputs]!).GetRawText());
        var trace = ((JsonElement)properties[DatabricksPropertyNames.DatabricksOutput]!).GetProperty("trace").GetProperty("info");
        Assert.Equal("tr-1", trace.GetProperty("trace_id").GetString());
        var logProbs = (JsonElement)response.Messages[0].AdditionalProperties![DatabricksPropertyNames.LogProbs]!;
        Assert.Equal("""{"content":[]}""", logProbs.GetRawText());
    }

    [Fact]
    public async Task The_raw_body_stays_available()
    {
        var response = await Exchange.Reads(
            Some.ChatBody, headers: [("x-request-id", "req-7"), ("served-model-name", "champion"), ("x-ratelimit-limit-tokens", "9")]);

        var raw = Assert.IsType<DatabricksServingResponse>(response.RawRepresentation);
        Assert.Equal(Some.ChatBody, System.Text.Encoding.UTF8.GetString(raw.Body.Span));
        Assert.Equal("chatcmpl-1", raw.ToJsonElement().GetProperty("id").GetString());
        Assert.Equal(("req-7", "champion"), (raw.RequestId, raw.ServedModelName));
        Assert.Equal("9", Assert.Single(raw.Headers.GetValues("x-ratelimit-limit-tokens")));
    }

    [Theory]
    [InlineData("""{"predictions":[1]}""", "predictions, the response of classic ML")]
    [InlineData("""{"data":[{"embedding":[1]}]}""", "embeddings")]
    [InlineData("""{"output":[{"type":"message"}]}""", "Responses API")]
    [InlineData("""{"choices":[]}""", "without choices or messages")]
    [InlineData("""{}""", "without choices or messages")]
    [InlineData("[1,2]", "not an object")]
    public async Task A_body_that_no_chat_endpoint_sends_says_what_it_is(string body, string what)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Reads(body));

        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Check that the endpoint's task is chat", exception.Message, StringComparison.Ordinal);
        Assert.Equal(VerbatimService.EndpointName, exception.EndpointName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"choices":[{"message":{"content":"Hi."}}]""")]
    [InlineData("""{"choices":[{"message":{"content":"Hi."}}]} trailing""")]
    [InlineData("""{"choices":[{"message":{"content":"\ud800"}}]}""")]
    [InlineData("not json")]
    public async Task A_body_that_is_not_JSON_is_a_typed_failure(string body)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Reads(body));

        Assert.Contains("not the expected JSON", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }
}
