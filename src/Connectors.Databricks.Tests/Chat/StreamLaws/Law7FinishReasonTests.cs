using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Unknown finish reasons are kept as text; missing ones are inferred.</summary>
public class Law7FinishReasonTests
{
    [Theory]
    [InlineData("coffee_break", "coffee_break")]
    [InlineData("end_turn", "stop")]
    [InlineData("max_tokens", "length")]
    public async Task Unknown_finish_reasons_are_kept_as_text(string wire, string expected)
    {
        var updates = await Exchange.ReadsStream(
            Hello, $$"""{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"{{wire}}"}]}""", "[DONE]");

        Assert.Equal(new ChatFinishReason(expected), updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task A_missing_finish_reason_is_stop_at_the_end_marker() =>
        Assert.Equal(ChatFinishReason.Stop, (await Exchange.ReadsStream(Hello, "[DONE]")).ToChatResponse().FinishReason);

    [Fact]
    public async Task A_missing_finish_reason_is_tool_calls_when_there_are_calls()
    {
        var updates = await Exchange.ReadsStream(Call(""" "id":"a","function":{"name":"now","arguments":"{}"} """), "[DONE]");

        Assert.Equal(ChatFinishReason.ToolCalls, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task An_empty_finish_reason_is_a_missing_one()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":""}]}""", "[DONE]");

        Assert.Equal(ChatFinishReason.Stop, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task The_finish_reason_is_set_on_one_update()
    {
        var updates = await Exchange.ReadsStream(Hello, World, """{"id":"m1","choices":[],"usage":{"prompt_tokens":1}}""", "[DONE]");

        Assert.Single(updates, update => update.FinishReason is not null);
    }
}
