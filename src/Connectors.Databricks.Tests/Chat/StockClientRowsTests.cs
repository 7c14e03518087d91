using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// What Databricks really sends, and where the stock OpenAI client throws, stays silent or counts wrong: each run of
/// serving reference §14.4, by its number there, and what this connector does with it.
/// </summary>
public class StockClientRowsTests
{
    [Fact]
    public async Task Row_01_top_level_cache_counts_are_reported()
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6,"cache_read_input_tokens":90,"cache_creation_input_tokens":0}}""");

        Assert.Equal((94, 90, 6), (response.Usage!.InputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task Row_02_a_content_array_with_a_reasoning_part_is_read()
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think."}]},{"type":"text","text":"Hi."}]},"finish_reason":"stop"}]}""");

        Assert.Equal("Think.", response.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text);
        Assert.Equal("Hi.", response.Text);
    }

    [Fact]
    public async Task Row_03_a_content_array_of_text_is_read() =>
        Assert.Equal(
            "Hi.",
            (await Exchange.Reads("""{"choices":[{"message":{"content":[{"type":"text","text":"Hi."}]},"finish_reason":"stop"}]}""")).Text);

    [Fact]
    public async Task Row_04_a_finish_reason_of_max_tokens_is_length() =>
        Assert.Equal(
            ChatFinishReason.Length,
            (await Exchange.Reads("""{"choices":[{"message":{"content":"Hi."},"finish_reason":"max_tokens"}]}""")).FinishReason);

    [Fact]
    public async Task Row_05_a_null_finish_reason_is_none() =>
        Assert.Null((await Exchange.Reads("""{"choices":[{"message":{"content":"Hi."},"finish_reason":null}]}""")).FinishReason);

    [Fact]
    public async Task Row_06_an_answer_without_usage_is_read() =>
        Assert.Null((await Exchange.Reads("""{"choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}]}""")).Usage);

    [Fact]
    public async Task Row_07_an_agent_body_gives_its_messages() =>
        Assert.Equal("Hi.", (await Exchange.Reads("""{"messages":[{"role":"assistant","content":"Hi.","id":"m1"}]}""")).Text);

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED")]
    [InlineData(HttpStatusCode.Forbidden, "PERMISSION_DENIED")]
    public async Task Rows_08_and_09_an_error_carries_its_code(HttpStatusCode status, string code)
    {
        var service = new VerbatimService().Answers($$"""{"error_code":"{{code}}","message":"No."}""", status);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Chat().GetResponseAsync(Some.Question()));

        Assert.Equal((status, code, "No."), (exception.StatusCode, exception.ErrorCode, exception.ServiceMessage));
    }

    [Fact]
    public Task Row_10_every_option_reaches_the_body() => Exchange.Sends(
        """
        {"messages":[{"role":"user","content":"Hello?"}],
         "temperature":0.5,"top_k":3,"max_tokens":100,"seed":7,"stop":["END"],"reasoning_effort":"low","usage_context":{"team":"growth"}}
        """,
        [new ChatMessage(ChatRole.User, "Hello?") { AuthorName = "Ada" }],
        new ChatOptions
        {
            Temperature = 0.5f,
            TopK = 3,
            MaxOutputTokens = 100,
            Seed = 7,
            StopSequences = ["END"],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            AdditionalProperties = new() { ["usage_context"] = new Dictionary<string, object?> { ["team"] = "growth" } },
        });

    [Fact]
    public async Task Row_20_null_counts_on_every_chunk_do_not_matter()
    {
        var updates = await Exchange.ReadsStream(
            """{"model":"us.anthropic.claude","choices":[{"delta":{"role":"assistant","content":"I"},"index":0,"finish_reason":null}],"usage":{"cache_read_input_tokens":0,"completion_tokens":null,"prompt_tokens":586,"total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_0","created":1763389135}""",
            """{"model":"us.anthropic.claude","choices":[{"delta":{"content":" am"},"index":0,"finish_reason":"stop"}],"usage":{"cache_read_input_tokens":0,"completion_tokens":2,"prompt_tokens":586,"total_tokens":588,"cache_creation_input_tokens":0},"id":"msg_bdrk_0","created":1763389135}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal(
            ("I am", 586L, 2L, 588L),
            (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task Row_21_a_last_chunk_with_usage_and_no_choices_is_read()
    {
        var updates = await Exchange.ReadsStream(
            """{"choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}""",
            """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""",
            "[DONE]");

        Assert.Equal(3, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Row_22_cumulative_usage_is_not_added_up()
    {
        var updates = await Exchange.ReadsStream(
            """{"choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":16,"completion_tokens":1,"total_tokens":17}}""",
            """{"choices":[{"index":0,"delta":{"content":"b"}}],"usage":{"prompt_tokens":16,"completion_tokens":2,"total_tokens":18}}""",
            """{"choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"stop"}],"usage":{"prompt_tokens":16,"completion_tokens":3,"total_tokens":19}}""",
            "[DONE]");

        var usage = updates.ToChatResponse().Usage!;
        Assert.Equal((16, 3, 19), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Row_23_a_reasoning_array_in_a_delta_is_read()
    {
        var updates = await Exchange.ReadsStream(
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think","signature":""}]}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal("Think", response.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text);
        Assert.Equal("Hi.", response.Text);
    }

    [Fact]
    public async Task Row_24_a_usage_of_null_is_none()
    {
        var updates = await Exchange.ReadsStream(
            """{"choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}],"usage":null}""", "[DONE]");

        Assert.Null(updates.ToChatResponse().Usage);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Overloaded","type":"server_error"}}""")]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"Overloaded"}""")]
    public async Task Rows_25_and_26_an_error_object_inside_a_good_stream_throws(string error)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Exchange.ReadsStream("""{"choices":[{"index":0,"delta":{"content":"Par"}}]}""", error, "[DONE]"));

        Assert.Equal("Overloaded", exception.ServiceMessage);
    }

    [Fact]
    public Task Row_27_a_stream_cut_before_its_end_throws() => Assert.ThrowsAsync<DatabricksServingException>(
        () => Exchange.ReadsStream("""{"choices":[{"index":0,"delta":{"content":"Par"}}]}"""));

    [Theory]
    [InlineData("\"index\":0,")]
    [InlineData("")]
    public async Task Rows_28_and_29_tool_call_deltas_with_and_without_index_leave_one_call_and_no_empty_text(string index)
    {
        var updates = await Exchange.ReadsStream(
            $$$"""{"choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{{{{index}}}"id":"c1","type":"function","function":{"name":"now","arguments":""}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{{index}}}"function":{"arguments":"{\"zone\":\"UTC\"}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]");

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(updates.ToChatResponse().Messages[0].Contents));
        Assert.Equal(("c1", "UTC"), (call.CallId, call.Arguments!["zone"]!.ToString()));
    }

    [Fact]
    public async Task Row_30_an_empty_finish_reason_is_none() =>
        Assert.Null((await Exchange.Reads("""{"choices":[{"message":{"content":"Hi."},"finish_reason":""}]}""")).FinishReason);

    [Fact]
    public async Task Row_31_Responses_events_on_the_chat_path_say_what_the_endpoint_is()
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(
            """{"type":"response.output_text.delta","item_id":"msg_1","delta":"Hel"}""",
            """{"type":"response.output_item.done","item":{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"Hello"}]}}""",
            "[DONE]"));

        Assert.Contains(
            "the events of the Responses API, as an endpoint of task agent/v1/responses streams", exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_32_chat_agent_events_give_their_text()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"Hel","id":"m1"}}""",
            """{"delta":{"role":"assistant","content":"lo","id":"m1"},"finish_reason":"stop"}""",
            "[DONE]");

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }
}
