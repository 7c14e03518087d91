namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class TopLevelRuleTests
{
    [Fact]
    public async Task A_native_model_refuses_an_unknown_field_like_a_Go_decoder()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"foo\"\n"}""",
            answer);
    }

    [Fact]
    public async Task A_prompt_sent_to_a_chat_model_is_an_unknown_field()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"prompt":"Hi"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"prompt\"\n"}""",
            answer);
    }

    [Fact]
    public async Task Gpt_oss_words_an_unknown_field_like_a_native_model()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-oss-120b",
            """{"messages":[{"role":"user","content":"Hi"}],"seed":1}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"seed\"\n"}""",
            answer);
    }

    [Fact]
    public async Task Claude_permits_no_extra_inputs()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"foo: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Claude_refuses_penalties_as_extra_inputs()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"frequency_penalty":0.5}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"frequency_penalty: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Claude_refuses_reasoning_effort()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"low"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"reasoning_effort: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Manual_Claude_does_not_know_output_config()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"output_config":{"effort":"low"}}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"output_config: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Gemini_cannot_find_an_unknown_field()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"foo\": Cannot find field."}""",
            answer);
    }

    [Fact]
    public async Task Gemini_refuses_stream_options()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"stream_options\" at
               'generation_config': Cannot find field."}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_refuses_the_thinking_of_Claude()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hi"}],"thinking":{"type":"enabled"}}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"thinking\": Cannot find field."}""",
            answer);
    }

    [Fact]
    public async Task OpenAI_wraps_its_own_error_document()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unknown parameter: 'foo'.\",\n    \"type\":
               \"invalid_request_error\",\n    \"param\": \"foo\",\n    \"code\": \"unknown_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task OpenAI_does_not_know_top_k()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"top_k":5}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unknown parameter: 'top_k'.\",\n    \"type\":
               \"invalid_request_error\",\n    \"param\": \"top_k\",\n    \"code\": \"unknown_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Parallel_tool_calls_is_unknown_outside_OpenAI()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"parallel_tool_calls":false}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"parallel_tool_calls\"\n"}""",
            answer);
    }

    [Fact]
    public async Task A_request_needs_a_message()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[]}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: messages: at least one message is required\n"}""",
            answer);
    }

    [Fact]
    public async Task Null_counts_as_not_sent()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync("databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"}],"top_k":null,"seed":null}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_options_are_unknown_where_the_endpoint_refuses_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-llama-4-maverick").RefusesStreamOptions();

        string answer = await wire.AskAsync(
            "databricks-llama-4-maverick",
            """{"messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""");

        Assert.Equal("""400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"stream_options\"\n"}""", answer);
    }

    [Theory]
    [InlineData("parallel_tool_calls", "false")]
    [InlineData("reasoning_effort", "\"low\"")]
    public async Task Open_questions_about_a_field_can_be_settled_either_way(string field, string value)
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Quirks.AcceptsParallelToolCallsEverywhere = true;
            options.Quirks.ClaudeAcceptsReasoningEffort = true;
        });

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5", $$"""{"messages":[{"role":"user","content":"Hi"}],"{{field}}":{{value}}}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_told_so_accepts_anything()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").AcceptsAnything();

        string answer = await wire.AskAsync("databricks-claude-sonnet-4-5", """{"messages":[{"role":"user","content":""}],"foo":1}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }
}
