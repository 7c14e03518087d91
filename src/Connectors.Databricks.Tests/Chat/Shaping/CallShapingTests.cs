using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

/// <summary>Calls and results of earlier turns: split for gpt-oss, signed for Gemini, and bare where the model has changed.</summary>
public class CallShapingTests
{
    [Fact]
    public async Task Several_calls_of_one_turn_become_several_turns_for_gpt_oss()
    {
        List<ChatMessage> history =
        [
            new(ChatRole.User, "Both?"),
            new(ChatRole.Assistant, [new TextContent("I look."), new FunctionCallContent("1", "f"), new FunctionCallContent("2", "g")]),
            new(ChatRole.Tool, [new FunctionResultContent("2", "two")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "one")]),
        ];

        await Shaped.Sends(
            "databricks-gpt-oss-120b",
            """
            {"messages": [
              {"role": "user", "content": "Both?"},
              {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
              {"role": "tool", "tool_call_id": "1", "content": "one"},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "2", "type": "function", "function": {"name": "g", "arguments": "{}"}}]},
              {"role": "tool", "tool_call_id": "2", "content": "two"}
            ]}
            """,
            history, null, ["tool_calls parallel calls of one turn split into sequential turns"]);

        Assert.Equal([1, 3, 1, 1], history.Select(message => message.Contents.Count));
    }

    [Fact]
    public async Task Calls_of_another_model_get_googles_placeholder_signature()
    {
        var call = new FunctionCallContent("1", "f");
        List<ChatMessage> history =
        [
            new(ChatRole.User, "One?"), new(ChatRole.Assistant, [call]), new(ChatRole.Tool, [new FunctionResultContent("1", "one")]),
        ];

        await Shaped.Sends(
            "databricks-gemini-3-1-pro",
            """
            {"messages": [
              {"role": "user", "content": "One?"},
              {"role": "assistant", "content": null, "tool_calls": [{
                "id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"},
                "extra_content": {"google": {"thought_signature": "skip_thought_signature_validator"}}}]},
              {"role": "tool", "tool_call_id": "1", "content": "one"}
            ]}
            """,
            history, null, ["thought_signature a placeholder added to calls without one"]);

        Assert.Null(call.AdditionalProperties);
    }

    [Fact]
    public async Task A_signature_of_its_own_goes_back_to_gemini_unchanged()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var call = new FunctionCallContent("1", "f")
        {
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.ToolCallExtras] =
                    JsonDocument.Parse("""{"extra_content":{"google":{"thought_signature":"EqoB"}}}""").RootElement,
            },
        };

        var response = await service.Client().GetChatClient("databricks-gemini-3-1-pro").GetResponseAsync(
            [.. Some.Question(), new(ChatRole.Assistant, [call]), new(ChatRole.Tool, [new FunctionResultContent("1", "one")])]);

        Assert.Contains("\"thought_signature\":\"EqoB\"", service.Sent[0].Body, StringComparison.Ordinal);
        Assert.Empty(response.GetRequestAdjustments());
    }

    public static TheoryData<ChatMessage[]> PlacesOfResults => new(
        [new(ChatRole.Assistant, [Call("1"), Call("2"), Result("1"), Result("2")])],
        [new(ChatRole.Assistant, [Call("1"), Call("2")]), new(ChatRole.User, [Result("2"), Result("1")])],
        [new(ChatRole.Assistant, [Call("1"), Call("2"), Result("2")]), new(ChatRole.Tool, [Result("1"), new TextContent("")])],
        [new(ChatRole.Assistant, [Call("1"), Call("2")]), new(ChatRole.Tool, [Result("1")]), new(ChatRole.User, [Result("2")])]);

    [Theory]
    [MemberData(nameof(PlacesOfResults))]
    public Task Each_call_is_followed_by_its_result_wherever_the_result_was(ChatMessage[] turn) => Shaped.Sends(
        "databricks-gpt-oss-120b",
        """
        {"messages": [
          {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "1", "content": "one"},
          {"role": "assistant", "content": null, "tool_calls": [{"id": "2", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "2", "content": "two"},
          {"role": "user", "content": "And?"}
        ]}
        """,
        [.. turn, new(ChatRole.User, "And?")], null, ["tool_calls parallel calls of one turn split into sequential turns"]);

    [Fact]
    public Task Content_next_to_a_result_follows_all_results() => Shaped.Sends(
        "databricks-gpt-oss-120b",
        """
        {"messages": [
          {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "1", "content": "one"},
          {"role": "assistant", "content": null, "tool_calls": [{"id": "2", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "2", "content": "two"},
          {"role": "user", "content": "And?"}
        ]}
        """,
        [new(ChatRole.Assistant, [Call("1"), Call("2")]), new(ChatRole.User, [Result("1"), Result("2"), new TextContent("And?")])], null,
        ["tool_calls parallel calls of one turn split into sequential turns"]);

    [Theory]
    [InlineData("databricks-llama-4-maverick", false)]
    [InlineData("databricks-gpt-5-2", false)]
    [InlineData("an-alias-of-mine", false)]
    [InlineData("databricks-gemini-3-1-pro", true)]
    [InlineData("my-gemini-3-1-pro", true)]
    public async Task What_gemini_added_to_a_call_goes_back_to_its_model_alone(string endpoint, bool goes)
    {
        var service = new VerbatimService().Answers("""
            {"choices":[{"message":{"tool_calls":[{
              "id":"1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"EqoB"}}}]}}]}
            """).Answers(Some.ChatBody);
        var serving = service.Client();
        var call = (await serving.GetChatClient("databricks-gemini-3-1-pro").GetResponseAsync("One?")).Messages[0];

        var response = await serving.GetChatClient(endpoint).GetResponseAsync(
            [.. Some.Question(), Stored(call), new(ChatRole.Tool, [Result("1")])]);

        Assert.Equal(goes, service.Sent[1].Body.Contains("\"thought_signature\":\"EqoB\"", StringComparison.Ordinal));
        Assert.Equal(goes, service.Sent[1].Body.Contains("extra_content", StringComparison.Ordinal));
        Assert.Equal(
            goes ? [] : ["messages.tool_calls members added by endpoint 'databricks-gemini-3-1-pro' left out"],
            response.GetRequestAdjustments().Select(Shaped.Told));
        Assert.True(((FunctionCallContent)call.Contents[0]).AdditionalProperties!.ContainsKey(DatabricksPropertyNames.ToolCallExtras));
    }

    [Fact]
    public async Task Another_gemini_gets_the_placeholder()
    {
        var call = new FunctionCallContent("1", "f")
        {
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.ToolCallExtras] = JsonDocument.Parse(
                    """{"extra_content":{"google":{"thought_signature":"EqoB"}}}""").RootElement,
                [DatabricksPropertyNames.ToolCallOrigin] = "databricks-gemini-3-1-pro",
            },
        };
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient("databricks-gemini-3-5-flash").GetResponseAsync(
            [new(ChatRole.Assistant, [call]), new(ChatRole.Tool, [Result("1")])]);

        Assert.Contains("\"thought_signature\":\"skip_thought_signature_validator\"", service.Sent[0].Body, StringComparison.Ordinal);
    }

    private static FunctionCallContent Call(string id) => new(id, "f");

    private static FunctionResultContent Result(string id) => new(id, id == "1" ? "one" : "two");

    private static ChatMessage Stored(ChatMessage message)
    {
        var type = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage));
        return (ChatMessage)JsonSerializer.Deserialize(JsonSerializer.Serialize(message, type), type)!;
    }
}
