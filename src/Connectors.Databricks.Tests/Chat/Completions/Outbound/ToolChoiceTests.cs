using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ToolChoiceTests
{
    public static TheoryData<ChatToolMode, string> Words => new()
    {
        { ChatToolMode.Auto, "auto" },
        { ChatToolMode.None, "none" },
        { ChatToolMode.RequireAny, "required" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public Task A_tool_mode_is_a_word_on_the_wire(ChatToolMode mode, string word) => Outgoing.Sends(
        $$$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {}}
          }}],
          "tool_choice": "{{{word}}}"
        }
        """,
        new ChatOptions { Tools = [Requests.ToolsToWireTests.Declaration("f")], ToolMode = mode });

    [Fact]
    public Task One_required_tool_is_named() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {}}}}],
          "tool_choice": {"type": "function", "function": {"name": "f"}}
        }
        """,
        new ChatOptions { Tools = [Requests.ToolsToWireTests.Declaration("f")], ToolMode = ChatToolMode.RequireSpecific("f") });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Without_tools_the_choice_among_them_is_not_sent(bool none) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { ToolMode = none ? ChatToolMode.None : ChatToolMode.Auto });

    [Theory]
    [InlineData(null)]
    [InlineData("f")]
    public async Task A_required_call_without_tools_is_refused(string? name) => Assert.Equal(
        "ChatOptions.ToolMode requires a tool call, but ChatOptions.Tools contains no tool. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(new ChatOptions { ToolMode = new RequiredChatToolMode(name) })).Message);

    [Fact]
    public async Task A_required_tool_that_is_not_offered_is_refused() => Assert.Equal(
        "ChatOptions.ToolMode requires the tool 'h', which is not among ChatOptions.Tools: f, g. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(new ChatOptions
        {
            Tools = [Requests.ToolsToWireTests.Declaration("f"), Requests.ToolsToWireTests.Declaration("g")],
            ToolMode = ChatToolMode.RequireSpecific("h"),
        })).Message);

    [Fact]
    public Task A_required_tool_may_be_in_the_base_document() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tool_choice": {"type": "function", "function": {"name": "h"}},
          "tools": [{"type": "function", "function": {"name": "h"}}]
        }
        """,
        new ChatOptions
        {
            ToolMode = ChatToolMode.RequireSpecific("h"),
            RawRepresentationFactory = _ => JsonNode.Parse("""{"tools":[{"type":"function","function":{"name":"h"}}]}"""),
        });

    [Fact]
    public Task A_choice_may_go_with_tools_given_as_an_additional_property() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tool_choice": "required", "parallel_tool_calls": false,
          "tools": [{"type": "function", "function": {"name": "h"}}]
        }
        """,
        new ChatOptions
        {
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = false,
            AdditionalProperties = new() { ["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"h"}}]""") },
        });

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public Task Whether_calls_may_be_parallel_is_sent_with_tools(bool allow, string literal) => Outgoing.Sends(
        $$$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {}}
          }}],
          "parallel_tool_calls": {{{literal}}}
        }
        """,
        new ChatOptions { Tools = [Requests.ToolsToWireTests.Declaration("f")], AllowMultipleToolCalls = allow });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Without_tools_nothing_is_said_about_parallel_calls(bool allow) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { AllowMultipleToolCalls = allow });
}
