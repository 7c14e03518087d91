using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

/// <summary>What a service said about its reasoning, and what it hears of it in the next turn.</summary>
public class ReasoningEchoTests
{
    [Theory]
    [InlineData("""{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},{"type":"text","text":"Hi."}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"EqoB+/="}]},{"type":"text","text":"Hi."}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"EqoB+/="}]},{"type":"text","text":"Hi."}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_encrypted_text","data":"gAAA+/="}]},{"type":"text","text":"Hi."}]}""")]
    [InlineData("""{"role":"assistant","content":"Hi.","reasoning_content":"Hm."}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"Wait."},{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"s"}]},{"type":"text","text":"Hi."}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"s"}]}],"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""")]
    [InlineData("""{"role":"assistant","content":null,"reasoning_content":"Hm.","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""")]
    public async Task Reasoning_goes_back_as_it_came(string message)
    {
        var response = await Exchange.Reads($$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":"stop"}]}""");

        await Exchange.Sends($$"""{"messages":[{{message}}]}""", response.Messages);
    }

    [Fact]
    public async Task Reasoning_goes_back_as_it_came_after_being_stored()
    {
        const string message =
            """{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"EqoB+/="}]},{"type":"text","text":"Hi."}]}""";
        var response = await Exchange.Reads($$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":"stop"}]}""");
        var type = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage));
        var stored = (ChatMessage)JsonSerializer.Deserialize(JsonSerializer.Serialize(response.Messages[0], type), type)!;

        await Exchange.Sends($$"""{"messages":[{{message}}]}""", [stored]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another provider's")]
    [InlineData("databricks:")]
    [InlineData("databricks:something new:x")]
    public Task Reasoning_from_elsewhere_stays_at_home(string? protectedData) => Exchange.Sends(
        """{"messages":[{"role":"assistant","content":"Hi."}]}""",
        [new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = protectedData }, new TextContent("Hi.")])]);

    [Fact]
    public Task A_turn_of_foreign_reasoning_alone_is_left_out() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        [new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, [new TextReasoningContent("Hm.")])]);

    [Theory]
    [InlineData("databricks:summary:")]
    [InlineData("databricks:reasoning_content:")]
    public Task Reasoning_that_says_nothing_is_not_sent(string protectedData) => Exchange.Sends(
        """{"messages":[{"role":"assistant","content":"Hi."}]}""",
        [new(ChatRole.Assistant, [new TextReasoningContent("") { ProtectedData = protectedData }, new TextContent("Hi.")])]);

    [Fact]
    public async Task A_part_of_an_unknown_kind_goes_back_as_it_came()
    {
        const string message =
            """{"role":"assistant","content":[{"type":"text","text":"Hi."},{"type":"hologram","hologram":{"url":"h://1"},"n":[1,null]}]}""";
        var response = await Exchange.Reads($$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":"stop"}]}""");

        await Exchange.Sends($$"""{"messages":[{{message}}]}""", response.Messages);
    }
}
