using System.Text.Json;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>Agents of task <c>agent/v1/responses</c> (serving reference §8.3), in a document and in a stream.</summary>
public class AgentItemsTests
{
    private const string Output = """{"type":"function_call_output","call_id":"call_1","output":"12 degrees"}""";

    private const string Approval =
        """{"type":"mcp_approval_request","id":"mcpr_1","name":"delete_file","arguments":"{\"path\":\"a.txt\"}","server_label":"files"}""";

    [Fact]
    public void Calls_that_the_agent_ran_are_not_run_again() => AssertRan(ResponsesExchange.Reads(Document(Call, Output, Message)));

    [Fact]
    public async Task Streamed_calls_that_the_agent_ran_are_not_run_again() => AssertRan((await ResponsesExchange.ReadsStream(
        AgentDone(Call), AgentDone(Output), AgentDelta("Hello"), AgentDone(Message), "[DONE]")).ToChatResponse());

    [Fact]
    public async Task The_output_of_a_tool_may_be_an_event_of_its_own()
    {
        var response = (await ResponsesExchange.ReadsStream(
            AgentDone(Call), """{"type":"function_call_output","call_id":"call_1","output":"12 degrees","sequence_number":7}""",
            AgentDelta("Hello"), AgentDone(Message), "[DONE]")).ToChatResponse();

        AssertRan(response);
    }

    private static void AssertRan(ChatResponse response)
    {
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        Assert.Equal(3, response.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.True(Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents)).InformationalOnly);
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(response.Messages[1].Contents));
        Assert.Equal(("call_1", "12 degrees"), (result.CallId, result.Result));
        Assert.Equal("Hello", response.Messages[2].Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal([Call, Output, Message], StoredItems.Of(response));
    }

    [Fact]
    public async Task Only_calls_without_an_output_are_the_callers()
    {
        var second = Call.Replace("call_1", "call_2", StringComparison.Ordinal);

        var response = (await ResponsesExchange.ReadsStream(AgentDone(Call), AgentDone(second), AgentDone(Output), "[DONE]"))
            .ToChatResponse();

        FunctionCallContent[] calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        Assert.Equal([("call_1", true), ("call_2", false)], calls.Select(call => (call.CallId, call.InformationalOnly)));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal([Call, second, Output], StoredItems.Of(response));
    }

    [Fact]
    public async Task A_result_may_come_before_its_call()
    {
        var response = (await ResponsesExchange.ReadsStream(AgentDone(Output), AgentDone(Call), "[DONE]")).ToChatResponse();

        Assert.True(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single().InformationalOnly);
    }

    [Fact]
    public void A_result_of_parts_is_kept_as_JSON()
    {
        var response = ResponsesExchange.Reads(Document(
            Call, """{"type":"function_call_output","call_id":"call_1","output":[{"type":"input_text","text":"12"}]}"""));

        var result = response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single();
        Assert.Equal("""[{"type":"input_text","text":"12"}]""", Assert.IsType<JsonElement>(result.Result).GetRawText());
    }

    [Fact]
    public async Task An_approval_request_is_one_of_Microsoft_Extensions_AI()
    {
        AssertApproval(ResponsesExchange.Reads(Document(Approval)));
        AssertApproval((await ResponsesExchange.ReadsStream(AgentDone(Approval), "[DONE]")).ToChatResponse());
    }

    private static void AssertApproval(ChatResponse response)
    {
        var request = Assert.IsType<ToolApprovalRequestContent>(Assert.Single(Assert.Single(response.Messages).Contents));
        Assert.Equal("mcpr_1", request.RequestId);
        var call = Assert.IsType<McpServerToolCallContent>(request.ToolCall);
        Assert.Equal(("delete_file", "files", "a.txt"), (call.Name, call.ServerName, call.Arguments!["path"]!.ToString()));
        Assert.Equal([Approval], StoredItems.Of(response));
    }

    [Fact]
    public async Task An_approval_request_of_a_cut_stream_is_not_given_out()
    {
        List<ChatResponseUpdate> updates = [];

        await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.CollectInto(updates, ResponsesExchange.Body(Created, AgentDone(Approval))));

        Assert.Empty(updates);
    }

    [Fact]
    public async Task Custom_outputs_and_the_trace_are_on_the_response()
    {
        const string extras =
            """ "custom_outputs":{"score":1},"databricks_output":{"databricks_request_id":"r","trace":{"info":{"trace_id":"tr-1"}}} """;

        AssertExtras(ResponsesExchange.Reads($$$"""{"output":[{{{Message}}}],{{{extras}}}}"""));
        AssertExtras((await ResponsesExchange.ReadsStream(
            AgentDone(Message), $$$"""{"type":"response.completed","response":{"output":[],{{{extras}}}}}""")).ToChatResponse());
        AssertExtras((await ResponsesExchange.ReadsStream(
            $$$"""{"type":"response.output_item.done","item":{{{Message}}},{{{extras}}}}""", "[DONE]")).ToChatResponse());
    }

    private static void AssertExtras(ChatResponse response)
    {
        var properties = response.AdditionalProperties!;
        Assert.Equal("""{"score":1}""", properties[DatabricksPropertyNames.CustomOutputs]!.ToString());
        Assert.Equal("tr-1", properties[DatabricksPropertyNames.TraceId]);
        Assert.True(properties.ContainsKey(DatabricksPropertyNames.DatabricksOutput));
    }

    [Fact]
    public async Task An_event_without_a_type_may_have_the_trace()
    {
        var response = (await ResponsesExchange.ReadsStream(AgentDone(Message), """{"trace_id":"tr-9"}""", "[DONE]")).ToChatResponse();

        Assert.Equal(("Hello", "tr-9"), (response.Text, response.AdditionalProperties![DatabricksPropertyNames.TraceId]));
    }

    [Fact]
    public void An_agent_may_send_nothing_but_its_output()
    {
        var response = ResponsesExchange.Reads("""{"output":[{"role":"assistant","content":"Hello"}]}""");

        Assert.Equal(("Hello", null, ChatFinishReason.Stop), (response.Text, response.ResponseId, response.FinishReason));
    }
}
