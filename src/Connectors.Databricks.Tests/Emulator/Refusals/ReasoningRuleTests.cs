using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class ReasoningRuleTests
{
    [Fact]
    public async Task Gpt_5_names_the_efforts_it_supports()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"max"}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unsupported value: 'reasoning_effort' does
               not support 'max' with this model. Supported values are: 'none', 'low', 'medium', 'high', 'xhigh'.\",\n    \"type\":
               \"invalid_request_error\",\n    \"param\": \"reasoning_effort\",\n    \"code\": \"unsupported_value\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Gpt_oss_names_the_efforts_it_expects()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-oss-120b",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"max"}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: reasoning_effort: unknown variant `max`, expected one of `low`,
               `medium`, `high`\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_names_the_efforts_it_expects()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"max"}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Invalid value at 'reasoning_effort': \"max\", expected one of \"minimal\", \"low\",
               \"medium\", \"high\""}
            """),
            answer);
    }

    [Fact]
    public async Task Kimi_names_the_efforts_it_expects()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-kimi-k3",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"medium"}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: reasoning_effort: unknown variant `medium`, expected one of `none`,
               `low`, `high`, `max`\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Llama_does_not_know_efforts()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"low"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"reasoning_effort\"\n"}""",
            answer);
    }

    [Fact]
    public async Task Inkling_reasons_unprompted_and_does_not_know_efforts()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-inkling",
            """{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"low"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"reasoning_effort\"\n"}""",
            answer);
    }

    [Fact]
    public async Task Adaptive_Claude_names_the_efforts_it_expects()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-opus-4-8",
            """{"messages":[{"role":"user","content":"Hi"}],"thinking":{"type":"adaptive"},"output_config":{"effort":"minimal"}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"output_config.effort: invalid value 'minimal', expected one of
               'low', 'medium', 'high', 'xhigh', 'max'\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Adaptive_Claude_takes_no_budget()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-opus-4-8",
            """{"messages":[{"role":"user","content":"Hi"}],"thinking":{"type":"enabled","budget_tokens":2048}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"\\\"thinking.type.enabled\\\" is not supported for this model. Use
               \\\"thinking.type.adaptive\\\" instead.\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Manual_Claude_does_not_think_adaptively()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"thinking":{"type":"adaptive"}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"\\\"thinking.type.adaptive\\\" is not supported for this model. Use
               \\\"thinking.type.enabled\\\" instead.\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task A_budget_is_at_least_1024_tokens()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"max_tokens":4000,"thinking":{"type":"enabled","budget_tokens":1000}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"thinking.enabled.budget_tokens: Input should be greater than or
               equal to 1024\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task The_tokens_must_exceed_the_budget()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"max_tokens":2048,"thinking":{"type":"enabled","budget_tokens":2048}}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"`max_tokens` must be greater than `thinking.budget_tokens`\"}"}""",
            answer);
    }

    [Theory]
    [InlineData("""{"type":"adaptive"}""", "")]
    [InlineData("""{"type":"adaptive","display":"summarized"}""", "No tool is needed for this, so I can reply directly.")]
    public async Task Adaptive_Claude_shows_its_thoughts_only_as_a_summary(string thinking, string thought)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ReadAsync(
            "databricks-claude-opus-4-8", $$"""{"messages":[{"role":"user","content":"Hi"}],"thinking":{{thinking}}}""");

        JsonNode summary = JsonNode.Parse(answer)!["choices"]![0]!["message"]!["content"]![0]!["summary"]![0]!;
        Wire.SameJson(
            $$"""{"type":"summary_text","text":"{{thought}}","signature":"EqoBoOe+VJQn1E6xUXnoLV4NgyKQ/Jfz5UxCimOorPiartA="}""",
            summary.ToJsonString());
    }
}
