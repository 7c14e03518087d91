using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// What a conversation gathered, from the service and from the wrappers around the client, goes back on the next turn: live, and out of
/// storage.
/// </summary>
public class HistoryGoesBackTests
{
    private const string AgentAnswer =
        """
        {"id":"run-1","messages":[
          {"role":"assistant","content":"","id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]},
          {"role":"tool","content":"blue","id":"m2","name":"look","tool_call_id":"c1"},
          {"role":"assistant","content":"Blue.","id":"m3"}],"finish_reason":"stop"}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Arguments_that_were_no_JSON_go_back_the_same_out_of_storage(bool isStored)
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"q\": oops"}}]}}]}""");

        await AssertGoesBack(
            """
            [{"role":"user","content":"Hello?"},
             {"role":"assistant","content":null,"tool_calls":[
               {"id":"c1","type":"function","function":{"name":"f","arguments":"{\"invalid_arguments\":\"{\\\"q\\\": oops\"}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"Error: no such thing"}]
            """,
            [.. response.Messages, Result("c1", "Error: no such thing")],
            isStored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Contents_that_a_tool_returned_go_back_the_same_out_of_storage(bool isStored) => AssertGoesBack(
        """
        [{"role":"user","content":"Hello?"},
         {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"c1","content":"one"},
         {"role":"tool","tool_call_id":"c2","content":"A dot:"},
         {"role":"user","content":[
           {"type":"text","text":"Returned by tool call c2:"},
           {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}]
        """,
        [
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "f")]),
            Result("c1", new TextContent("one")),
            Result("c2", new List<AIContent> { new TextContent("A dot:"), new DataContent(new byte[] { 1, 2, 3 }, "image/png") }),
        ],
        isStored);

    [Theory]
    [InlineData("""{"$type":"Shop.Cart, Shop","count":1}""")]
    [InlineData("""{"$type":7}""")]
    [InlineData("""{"$type":"error","message":"no"}""")]
    [InlineData("""[]""")]
    [InlineData("""[{"$type":"text","text":"a"},1]""")]
    public async Task A_result_that_only_looks_like_a_stored_content_stays_JSON(string result)
    {
        var sent = await Outgoing.Request([.. Some.Question(), Result("c1", JsonElement.Parse(result))]);

        using var body = JsonDocument.Parse(sent.Body);
        Assert.Equal(result, body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agent_gets_the_name_of_the_function_with_each_result(bool isStored) => await AssertGoesBack(
        """
        [{"role":"user","content":"Hello?"},
         {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"c1","name":"look","content":"blue"},
         {"role":"assistant","content":"Blue."}]
        """,
        [.. (await Exchange.Reads(AgentAnswer)).Messages],
        isStored);

    [Fact]
    public async Task An_agent_gets_the_name_of_the_function_with_the_result_of_a_call_that_it_left_to_the_caller()
    {
        var updates = await Exchange.ReadsStream(
            """{"delta":{"role":"assistant","content":"","id":"m1","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]}}""",
            "[DONE]");

        await AssertGoesBack(
            """
            [{"role":"user","content":"Hello?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","name":"look","content":"blue"}]
            """,
            [.. updates.ToChatResponse().Messages, Result("c1", "blue")],
            isStored: false);
    }

    // FunctionInvokingChatClient leaves the approvals that it has acted on in the history, and marks their calls.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Approvals_that_were_acted_on_are_not_sent(bool isStored)
    {
        var call = new FunctionCallContent("c1", "f") { InformationalOnly = true };
        return AssertGoesBack(
            """
            [{"role":"user","content":"Hello?"},
             {"role":"assistant","content":"May I?","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"done"}]
            """,
            [
                new(ChatRole.Assistant, [new TextContent("May I?"), new ToolApprovalRequestContent("r1", call)]),
                new(ChatRole.User, [new ToolApprovalResponseContent("r1", true, call)]),
                new(ChatRole.Assistant, [call]),
                Result("c1", "done"),
            ],
            isStored);
    }

    private static ChatMessage Result(string callId, object? result) => new(ChatRole.Tool, [new FunctionResultContent(callId, result)]);

    private static async Task AssertGoesBack(string expected, List<ChatMessage> gathered, bool isStored)
    {
        var sent = await Outgoing.Request([.. Some.Question(), .. isStored ? gathered.Select(OutOfStorage) : gathered]);

        using var body = JsonDocument.Parse(sent.Body);
        JsonText.AssertEqual(expected, body.RootElement.GetProperty("messages").GetRawText());
    }

    private static ChatMessage OutOfStorage(ChatMessage message)
    {
        var type = (JsonTypeInfo<ChatMessage>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage));
        return JsonSerializer.Deserialize(JsonSerializer.Serialize(message, type), type)!;
    }
}
