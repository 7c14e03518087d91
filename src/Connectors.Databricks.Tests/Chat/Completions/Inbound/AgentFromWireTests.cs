using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

/// <summary>Chat agents (task <c>agent/v2/chat</c>) answer with messages, not with choices (serving reference §8.2).</summary>
public class AgentFromWireTests
{
    [Fact]
    public async Task An_agent_body_gives_its_messages()
    {
        var response = await Exchange.Reads(
            """
            {"id":"run-1","messages":[
              {"role":"assistant","content":"","id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\":\"sky\"}"}}]},
              {"role":"tool","content":"blue","id":"m2","name":"look","tool_call_id":"c1"},
              {"role":"assistant","content":"It is blue.","id":"m3"}],
             "finish_reason":"stop","custom_outputs":{"n":1},"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
            """);

        Assert.Equal(
            [("m1", "assistant"), ("m2", "tool"), ("m3", "assistant")],
            response.Messages.Select(message => (message.MessageId, message.Role.Value)));
        Assert.True(Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents)).InformationalOnly);
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(response.Messages[1].Contents));
        Assert.Equal(("c1", "blue"), (result.CallId, result.Result));
        Assert.Equal("It is blue.", response.Messages[2].Text);
        Assert.Equal((ChatFinishReason.Stop, 7L), (response.FinishReason, response.Usage!.TotalTokenCount));
    }

    [Fact]
    public async Task A_call_that_the_agent_leaves_open_is_for_the_caller()
    {
        var response = await Exchange.Reads(
            """{"messages":[{"role":"assistant","content":null,"id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]}]}""");

        Assert.False(Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents)).InformationalOnly);
    }

    [Fact]
    public async Task An_agent_stream_joins_the_deltas_of_a_message_and_starts_the_next_at_a_new_id()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"run-1","delta":{"role":"assistant","content":"Let ","id":"m1"}}""",
            """{"id":"run-1","delta":{"role":"assistant","content":"me see.","id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]}}""",
            """{"id":"run-1","delta":{"role":"tool","content":"blue","id":"m2","name":"look","tool_call_id":"c1"}}""",
            """{"id":"run-1","delta":{"role":"assistant","content":"Blue.","id":"m3"},"finish_reason":"stop","usage":{"prompt_tokens":1,"completion_tokens":2}}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal(
            [("m1", "assistant", "Let me see."), ("m2", "tool", ""), ("m3", "assistant", "Blue.")],
            response.Messages.Select(message => (message.MessageId, message.Role.Value, message.Text)));
        Assert.True(response.Messages[0].Contents.OfType<FunctionCallContent>().Single().InformationalOnly);
        Assert.Equal("blue", Assert.IsType<FunctionResultContent>(Assert.Single(response.Messages[1].Contents)).Result);
        Assert.Equal((ChatFinishReason.Stop, 3L), (response.FinishReason, response.Usage!.TotalTokenCount));
    }

    [Fact]
    public async Task Every_parallel_call_that_the_agent_has_answered_is_marked()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"","id":"m1","tool_calls":[{"id":"c","type":"function","function":{"name":"one","arguments":"{}"}},{"id":"d","type":"function","function":{"name":"two","arguments":"{}"}}]}}""",
            """{"delta":{"role":"tool","content":"1","id":"m2","name":"one","tool_call_id":"c"}}""",
            """{"delta":{"role":"tool","content":"2","id":"m3","name":"two","tool_call_id":"d"}}""",
            """{"delta":{"role":"assistant","content":"Done.","id":"m4"},"finish_reason":"stop"}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal(["m1", "m2", "m3", "m4"], response.Messages.Select(message => message.MessageId));
        Assert.All(response.Messages[0].Contents.OfType<FunctionCallContent>(), call => Assert.True(call.InformationalOnly));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Messages_without_ids_are_kept_apart_by_role()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"","tool_calls":[{"id":"c","type":"function","function":{"name":"one","arguments":"{}"}}]}}""",
            """{"delta":{"role":"tool","content":"42","name":"one","tool_call_id":"c"}}""",
            """{"delta":{"role":"assistant","content":"The "}}""",
            """{"delta":{"role":"assistant","content":"answer."},"finish_reason":"stop"}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal(["assistant", "tool", "assistant"], response.Messages.Select(message => message.Role.Value));
        Assert.Equal("The answer.", response.Messages[2].Text);
        Assert.True(response.Messages[0].Contents.OfType<FunctionCallContent>().Single().InformationalOnly);
    }

    [Fact]
    public async Task An_id_that_comes_with_the_second_delta_splits_no_message()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"Hel"}}""",
            """{"delta":{"role":"assistant","content":"lo","id":"m1"},"finish_reason":"stop"}""",
            "[DONE]");

        Assert.Equal("Hello", Assert.Single(updates.ToChatResponse().Messages).Text);
    }

    [Fact]
    public async Task An_agent_stream_that_ends_with_open_calls_asks_the_caller_to_run_them()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"","id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]}}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.False(response.Messages[0].Contents.OfType<FunctionCallContent>().Single().InformationalOnly);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task An_agent_stream_that_is_cut_throws()
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Exchange.ReadsStream("""{"delta":{"role":"assistant","content":"Let ","id":"m1"}}"""));

        Assert.Contains("ended before its end marker", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_events_without_a_message_are_passed_over()
    {
        var updates = await Exchange.ReadsStream(
            """{"trace_id":"tr-1"}""",
            """{"delta":{"role":"assistant","content":"Hi.","id":"m1"},"finish_reason":"stop"}""",
            """{"databricks_output":{"trace":{"info":{"trace_id":"tr-1"}}}}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal("Hi.", response.Text);
        Assert.True(response.AdditionalProperties!.ContainsKey(DatabricksPropertyNames.DatabricksOutput));
    }
}
