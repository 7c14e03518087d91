using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

/// <summary>What the hosts of the models reject: a strict emulator does so in their words, another accepts it.</summary>
public class HostRuleTests
{
    private const string Claude = "databricks-claude-sonnet-4-5";
    private const string Opus = "databricks-claude-opus-4-8";
    private const string Gpt = "databricks-gpt-5-2";
    private const string Gemini = "databricks-gemini-3-1-pro";
    private const string Long = "a234567890123456789012345678901234567890123456789012345678901234-5";
    private const string Hi = """[{"role":"user","content":"Hi"}]""";
    private const string Parameters = "tools[0].function_declarations[0].parameters";

    public static TheoryData<string, string, string> Tools => new()
    {
        { Claude, Tool(Long), "tools.0.custom.name: String should have at most 64 characters" },
        { Claude, Tool("a.b"), "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'" },
        {
            Gpt, Tool(Long),
            "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, "
                + "but got a string with length 66 instead."
        },
        {
            Gpt, Tool("a.b"),
            "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the "
                + "pattern '^[a-zA-Z0-9_-]+$'."
        },
        {
            Gemini, Tool("3d"),
            "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name. Must start "
                + "with a letter or an underscore."
        },
        { Claude, $"{Tool("f")},{Tool("f")}", "tools: Tool names must be unique." },
        {
            Claude, Tool("f", """{"type":"object","anyOf":[{"required":["a"]}]}"""),
            "tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level"
        },
        {
            Claude, Tool("f", """{"type":"object","properties":{"$top":{"type":"integer"}}}"""),
            "tools.0.custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'"
        },
        {
            Gpt, Tool("f", """{"type":"object","allOf":[{}]}"""),
            "Invalid schema for function 'f': schema must have type 'object' and not have "
                + "'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level."
        },
        {
            Gpt, Tool("f", """{"type":"object","properties":{"paths":{"anyOf":[{"type":"array"}]}}}"""),
            "Invalid schema for function 'f': In context=('properties', 'paths', 'anyOf', '0'), array schema missing items."
        },
        {
            Gpt, Tool("f", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "true"),
            "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false."
        },
        {
            Gpt, Tool("f", """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "true"),
            "Invalid schema for function 'f': In context=(), 'required' is required to be supplied and to be an "
                + "array including every key in properties. Missing 'a'."
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"]}"""),
            $"* GenerateContentRequest.{Parameters}.required[1]: property is not defined"
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"v":{"anyOf":[{"type":"string"},{"type":"array"}]}}}"""),
            $"Invalid value at '{Parameters}.properties[0].value.any_of[1].items': missing field."
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"v":{"type":"string","enum":["","x"]}}}"""),
            $"* GenerateContentRequest.{Parameters}.properties[0].value.enum[0]: cannot be empty"
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"v":{"type":"string","format":"enum"}}}"""),
            $"* GenerateContentRequest.{Parameters}.properties[0].value.enum: should be non-empty for STRING type with enum format"
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"v":{"anyOf":[{"type":"string"}],"description":"d"}}}"""),
            $"Unable to submit request because `{Parameters}.properties[0].value` schema specified other fields "
                + $"alongside any_of. When using any_of, it must be the only field set."
        },
        {
            Gemini, Tool("f", """{"type":"object","properties":{"v":{}}}"""),
            $"Unable to submit request because `{Parameters}.properties[0].value` schema didn't specify the schema type field."
        },
    };

    public static TheoryData<string, string, string> Conversations => new()
    {
        { Claude, Turns(Call("a b"), Result("a b")), "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'" },
        {
            Claude, Turns(Call("a"), Result("a"), Call("a"), Result("a")),
            "messages.3.content.0: `tool_use` ids must be unique"
        },
        {
            Gpt, Turns(Call(Long), Result(Long)),
            "Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40, "
                + "but got a string with length 66 instead."
        },
        {
            Gpt,
            Turns(
                """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
                Result("a"), Result("a")),
            "Invalid parameter: Duplicate value for 'tool_call_id' of 'a', in messages[2] and messages[3]."
        },
        {
            Claude, """[{"role":"assistant","content":"Hello."},{"role":"user","content":"Hi"}]""",
            "A conversation must start with a user message. Try again with a conversation that starts with a user message."
        },
        {
            Gemini, """[{"role":"assistant","content":"Hello."},{"role":"user","content":"Hi"}]""",
            "Please ensure that function call turn comes immediately after a user turn or after a function response turn."
        },
        {
            Opus, """[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]""",
            "This model does not support assistant message prefill. The conversation must end with a user message."
        },
        {
            Gemini, """[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]""",
            "Please ensure that single turn requests end with a user role or the role field is empty."
        },
        {
            Claude, """[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"reasoning","summary":[]},{"type":"text","text":"a"}]}]""",
            "messages: When thinking is disabled, an `assistant` message in the final position cannot contain `thinking`."
        },
    };

    private static string Thinking => """  "thinking":{"type":"enabled","budget_tokens":1024},"max_tokens":2000 """;

    [Theory]
    [MemberData(nameof(Tools))]
    public Task Tools_of_another_host(string endpoint, string tools, string text) =>
        AcceptsUnlessStrict(endpoint, $$"""{"messages":{{Hi}},"tools":[{{tools}}]}""", text);

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task Conversations_of_another_host(string endpoint, string messages, string text) =>
        AcceptsUnlessStrict(endpoint, $$"""{"messages":{{messages}},"tools":[{{Tool("f")}}]}""", text);

    [Fact]
    public Task Thinking_with_a_forced_tool() => AcceptsUnlessStrict(
        Claude, $$"""{"messages":{{Hi}},"tools":[{{Tool("f")}}],"tool_choice":"required",{{Thinking}} }""",
        "Thinking may not be enabled when tool_choice forces tool use.");

    [Fact]
    public Task Thinking_with_a_turn_without_reasoning() => AcceptsUnlessStrict(
        Claude, $$"""{"messages":{{Turns(Call("a"), Result("a"))}},"tools":[{{Tool("f")}}],{{Thinking}} }""",
        "messages: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, "
            + "a final `assistant` message must start with a thinking block.");

    [Fact]
    public async Task From_Opus_4_8_on_a_tool_may_be_forced_with_thinking()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        Assert.StartsWith(
            "200 ",
            await wire.AskAsync(
                Opus,
                $$"""{"messages":{{Hi}},"tools":[{{Tool("f")}}],"tool_choice":"required","thinking":{"type":"adaptive"} }"""),
            StringComparison.Ordinal);
    }

    private static async Task AcceptsUnlessStrict(string endpoint, string body, string text)
    {
        await using Wire lenient = await Wire.OpenAsync(options => options.Quirks.ClaudeVerifiesReasoning = false);
        await using Wire strict = await Wire.OpenAsync(options =>
        {
            options.Strict = true;
            options.Quirks.ClaudeVerifiesReasoning = false;
        });

        Assert.StartsWith("200 ", await lenient.AskAsync(endpoint, body), StringComparison.Ordinal);
        Assert.Equal(text, Text(await strict.AskAsync(endpoint, body)));
    }

    // The document of Claude's and of OpenAI's host is inside the message.
    private static string Text(string answer)
    {
        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        var message = (string)JsonNode.Parse(answer["400 ".Length..])!["message"]!;
        var inner = message.StartsWith('{') ? JsonNode.Parse(message)! : null;
        return (string?)inner?["message"] ?? (string?)inner?["error"]?["message"] ?? message;
    }

    private static string Tool(string name, string parameters = """{"type":"object","properties":{}}""", string? strict = null) =>
        $$"""{"type":"function","function":{"name":"{{name}}","parameters":{{parameters}}{{(strict is null ? "" : $",\"strict\":{strict}")}} } }""";

    private static string Turns(params string[] turns) => $$"""[{"role":"user","content":"Hi"},{{string.Join(',', turns)}}]""";

    private static string Call(string id) =>
        $$$"""{"role":"assistant","content":null,"tool_calls":[{"id":"{{{id}}}","type":"function","function":{"name":"f","arguments":"{}"}}]}""";

    private static string Result(string id) => $$"""{"role":"tool","tool_call_id":"{{id}}","content":"done"}""";
}
