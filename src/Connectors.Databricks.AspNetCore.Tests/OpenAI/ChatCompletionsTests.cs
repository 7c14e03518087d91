namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Responses of <c>chat/completions</c>, whole documents and whole streams.</summary>
public class ChatCompletionsTests
{
    private const string Claude = "databricks-claude-sonnet-4-5";

    private static string Question(string members = "", string model = Claude) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]{{members}}}""";

    private static async Task<string> WholeAsync(OpenAIApp app, string body)
    {
        using var response = await app.SendAsync("chat/completions", body);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        return ReplyText.Stable(await response.Content.ReadAsStringAsync());
    }

    private static async Task<string[]> ChunksAsync(OpenAIApp app, string body) =>
        [.. (await app.StreamAsync("chat/completions", body)).Select(ReplyText.Stable).Select(WithoutHead)];

    private static string WithoutHead(string chunk) => chunk.Replace(
        $$"""{"id":"msg_bdrk_ID","object":"chat.completion.chunk","created":0,"model":"{{Claude}}",""", "{", StringComparison.Ordinal);

    [Fact]
    public async Task A_completion_has_text_reasoning_and_usage()
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).Replies("Paris.", reasoning: "The capital.");

        Assert.Equal(
            """{"id":"msg_bdrk_ID","object":"chat.completion","created":0,"model":"databricks-claude-sonnet-4-5","choices":[{"index":0,"message":{"role":"assistant","content":"Paris.","refusal":null,"reasoning_content":"The capital.","reasoning_details":[{"type":"reasoning.text","text":"The capital.","signature":"databricks:signature@databricks-claude-sonnet-4-5:SIGNATURE"}]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":5,"total_tokens":6,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}""",
            await WholeAsync(app, Question()));
    }

    [Fact]
    public async Task A_stream_has_chunks_a_finish_reason_usage_and_the_end_marker()
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).Replies("Paris.", reasoning: "The capital.");

        Assert.Equal(
            [
                """{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"reasoning_content":"The"},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"reasoning_content":" capital"},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"reasoning_content":"."},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"The capital.","signature":"databricks:signature@databricks-claude-sonnet-4-5:SIGNATURE"}]},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"content":"Paris"},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"content":"."},"logprobs":null,"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}""",
                """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":5,"total_tokens":6,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}""",
                "[DONE]",
            ],
            await ChunksAsync(app, Question(""","stream":true,"stream_options":{"include_usage":true}""")));
    }

    [Fact]
    public async Task Usage_is_in_a_stream_only_on_request()
    {
        await using var app = await OpenAIApp.StartAsync();

        Assert.DoesNotContain(await ChunksAsync(app, Question(""","stream":true""")), chunk =>
            chunk.Contains("usage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parallel_tool_calls_have_an_index_each()
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).CallsTools(("get_weather", """{"city":"Oslo"}"""), ("get_weather", """{"city":"Bergen"}"""));

        var chunks = await ChunksAsync(app, Question(
            ""","stream":true,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]"""));

        var calls = chunks.Where(chunk => chunk.Contains("tool_calls\":[", StringComparison.Ordinal)).ToArray();
        Assert.Contains("\"tool_calls\":[{\"index\":0,\"id\":", calls[0], StringComparison.Ordinal);
        Assert.Contains("\"tool_calls\":[{\"index\":1,\"id\":", calls[1], StringComparison.Ordinal);
        Assert.Contains(chunks, chunk => chunk.Contains("""{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}""",
            StringComparison.Ordinal));
        Assert.Equal("""{"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}]}""", chunks[^2]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_denial_is_a_content_filter(bool isStream)
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).DeniesByServicePolicy("no-cities", onOutput: false, reason: "secret-reason");

        var reply = isStream
            ? string.Join('\n', await app.StreamAsync("chat/completions", Question(""","stream":true""")))
            : await WholeAsync(app, Question());

        Assert.Contains("\"finish_reason\":\"content_filter\"", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "length")]
    [InlineData("max_tokens", "length")]
    [InlineData("end_turn", "stop")]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("something_new", "stop")]
    public async Task Finish_reasons_are_those_of_OpenAI(string sent, string expected)
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).Replies("Par", finishReason: sent).Replies("Par", finishReason: sent);

        Assert.Contains($"\"finish_reason\":\"{expected}\"", await WholeAsync(app, Question()), StringComparison.Ordinal);
        Assert.Contains($"\"finish_reason\":\"{expected}\"", (await ChunksAsync(app, Question(""","stream":true""")))[^2],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_has_a_member_of_its_own()
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint("databricks-gpt-5-2").Refuses("No.").Refuses("No.");

        Assert.Contains("\"content\":null,\"refusal\":\"No.\"", await WholeAsync(app, Question(model: "databricks-gpt-5-2")),
            StringComparison.Ordinal);
        Assert.Contains(
            await app.StreamAsync("chat/completions", Question(""","stream":true""", "databricks-gpt-5-2")),
            chunk => chunk.Contains("\"delta\":{\"refusal\":\"No.\"}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_usage_is_left_out_because_clients_fail_on_null()
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint(Claude).RepliesRaw(
            """{"id":"x","object":"chat.completion","usage":null,"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""");

        Assert.DoesNotContain("usage", await WholeAsync(app, Question()), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(ServedNames.All), MemberType = typeof(ServedNames))]
    public async Task Every_model_and_agent_is_one_text(string model)
    {
        await using var app = await OpenAIApp.StartAsync();
        var whole = (await app.PostAsync("chat/completions", Question(model: model))).Json;
        var chunks = await app.StreamAsync("chat/completions", Question(""","stream":true""", model));

        Assert.NotEmpty((string)whole["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("stop", (string?)whole["choices"]![0]!["finish_reason"]);
        Assert.Contains("\"finish_reason\":\"stop\"", chunks[^2], StringComparison.Ordinal);
        Assert.Equal("[DONE]", chunks[^1]);
    }

    [Fact]
    public async Task Reasoning_is_left_out_when_the_app_hides_it()
    {
        await using var app = await OpenAIApp.StartAsync(options => (options.AllowAnyEndpoint, options.IncludeReasoning) = (true, false));
        app.Emulator.Endpoint(Claude).Replies("Paris.", reasoning: "The capital.");

        Assert.DoesNotContain("reasoning_", (await WholeAsync(app, Question())).Replace("reasoning_tokens", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }
}
