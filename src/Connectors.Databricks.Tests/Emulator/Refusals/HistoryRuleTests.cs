using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class HistoryRuleTests
{
    [Fact]
    public async Task Gpt_oss_takes_one_call_per_turn()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-oss-120b",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"ok"},{"role":"tool","tool_call_id":"b","content":"ok"}]}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Multiple tool calls are not supported.\n"}""",
            answer);
    }

    [Fact]
    public async Task OpenAI_refuses_an_orphan_result()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"},{"role":"tool","tool_call_id":"a","content":"ok"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Invalid parameter: messages with role 'tool'
               must be a response to a preceeding message with 'tool_calls'.\",\n    \"type\": \"invalid_request_error\",\n    \"param\":
               \"messages.[1].role\",\n    \"code\": null\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Claude_refuses_an_orphan_result()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"},{"role":"tool","tool_call_id":"a","content":"ok"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.1.content.0: unexpected `tool_use_id` found in
               `tool_result` blocks: a. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Llama_refuses_an_orphan_result()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"},{"role":"tool","tool_call_id":"a","content":"ok"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: Chat message input roles must alternate (user → assistant → …) with an
               optional system at the start. Tool messages are optional and must follow a preceding assistant message containing tool
               calls.\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_refuses_an_orphan_result()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """{"messages":[{"role":"user","content":"Hi"},{"role":"tool","tool_call_id":"a","content":"ok"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Please ensure that function response turn comes immediately after a function call
               turn."}
            """),
            answer);
    }

    [Fact]
    public async Task OpenAI_wants_every_call_answered()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"ok"},{"role":"user","content":"Hi"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"An assistant message with 'tool_calls' must
               be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages:
               b\",\n    \"type\": \"invalid_request_error\",\n    \"param\": \"messages.[3].role\",\n    \"code\": null\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Claude_wants_every_call_answered()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"ok"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.3: `tool_use` ids were found without `tool_result` blocks
               immediately after: b.\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_wants_its_thought_signature_back()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"ok"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Function call is missing a thought_signature in functionCall parts. Function call
               `default_api:f`, position 1."}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_takes_its_own_calls_back_unchanged()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gemini-3-1-pro").CallsTools(("f", "{}"), ("g", "{}"));
        string first = await wire.ReadAsync("databricks-gemini-3-1-pro", """{"messages":[{"role":"user","content":"Hi"}]}""");
        JsonNode calls = JsonNode.Parse(first)!["choices"]![0]!["message"]!["tool_calls"]!;

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            $$"""
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":{{calls.ToJsonString()}}},
              {"role":"tool","tool_call_id":{{calls[0]!["id"]!.ToJsonString()}},"content":"1"},
              {"role":"tool","tool_call_id":{{calls[1]!["id"]!.ToJsonString()}},"content":"2"}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5", "", true, false)]
    [InlineData("databricks-claude-opus-4-8", "", true, false)]
    [InlineData("databricks-claude-sonnet-4-5", ",\"tools\":[]", true, false)]
    [InlineData("databricks-claude-sonnet-4-5", "", false, true)]
    [InlineData("databricks-claude-sonnet-4-5",
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\",\"parameters\":{}}}],\"tool_choice\":\"none\"", true, true)]
    [InlineData("databricks-gpt-5-2", "", true, true)]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", "", true, true)]
    public async Task Claude_wants_tools_declared_in_a_conversation_with_calls(string endpoint, string tools, bool isRequired, bool answers)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeRequiresToolsAfterCalls = isRequired);

        string answer = await wire.AskAsync(
            endpoint,
            $$$"""
            {"messages":[{"role":"user","content":"Hi"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"1"}]{{{tools}}}}
            """);

        Assert.Equal(
            answers ? "200 " : Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"The toolConfig field must be defined when using toolUse and toolResult
               content blocks.\"}"}
            """),
            answers ? answer[..4] : answer);
    }

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-claude-sonnet-4-5")]
    public async Task Calls_without_a_result_can_be_allowed(string endpoint)
    {
        await using Wire wire = await Wire.OpenAsync(
            options => (options.Quirks.RequiresToolResults, options.Quirks.ClaudeRequiresToolsAfterCalls) = (false, false));

        string answer = await wire.AskAsync(
            endpoint,
            """
            {"messages":[{"role":"user","content":"Hi"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"user","content":"Never mind."}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_thought_signatures_can_be_allowed_on_Gemini()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.GeminiRequiresThoughtSignatures = false);

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"ok"}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }
}
