using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

/// <summary>Conversations with tool calls, sent without tools to a model whose host wants some declared.</summary>
public class PlaceholderToolTests
{
    private const string Claude = "databricks-claude-sonnet-4-5";
    private const string Declared = "tools a placeholder declared, because the conversation has tool calls";
    private const string Missing = "The toolConfig field must be defined when using toolUse and toolResult content blocks.";

    private const string Conversation =
        """
        "messages": [
          {"role": "user", "content": "Hi"},
          {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "1", "content": "2"}]
        """;

    private const string Placeholder =
        """
        "tools": [{"type": "function", "function": {"name": "no_tool_available",
          "description": "Placeholder: no tool is available in this turn. Never call it; respond with text.",
          "parameters": {"type": "object", "properties": {} } } }]
        """;

    private const string PlaceholderCall =
        """{"id": "9", "type": "function", "function": {"name": "no_tool_available", "arguments": "{}"}}""";

    public static TheoryData<ChatOptions?> WithoutTools => new()
    {
        (ChatOptions?)null,
        new ChatOptions(),
        new ChatOptions { Tools = [] },
        new ChatOptions { ToolMode = ChatToolMode.None },
        new ChatOptions { ToolMode = ChatToolMode.Auto },
    };

    [Theory]
    [MemberData(nameof(WithoutTools))]
    public Task A_placeholder_that_may_not_be_called_is_declared_and_told(ChatOptions? options) => Shaped.Sends(
        Claude, $$"""{ {{Conversation}}, {{Placeholder}}, "tool_choice": "none" }""", History(), options, [Declared]);

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-gemini-2-5-flash")]
    [InlineData("an-alias-of-mine")]
    public Task Where_no_model_rejects_it_nothing_is_declared(string endpoint) =>
        Shaped.Sends(endpoint, $$"""{ {{Conversation}} }""", History(), null, []);

    [Fact]
    public Task A_conversation_without_calls_needs_none() => Shaped.Sends(
        Claude, """{"messages": [{"role": "user", "content": "Hello?"}]}""", Some.Question(), null, []);

    [Fact]
    public Task Tools_of_the_caller_are_enough() => Shaped.Sends(
        Claude,
        $$"""
        { {{Conversation}}, "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {} } } }],
          "tool_choice": "none" }
        """,
        History(), new ChatOptions { Tools = [ToolsToWireTests.Declaration("f")], ToolMode = ChatToolMode.None }, []);

    [Fact]
    public Task Tools_and_a_choice_in_the_callers_JSON_stay_as_they_are() => Shaped.Sends(
        Claude, $$"""{ {{Conversation}}, "tools": [] }""", History(),
        new ChatOptions { RawRepresentationFactory = _ => new JsonObject { ["tools"] = new JsonArray() } }, []);

    [Fact]
    public Task A_choice_in_additional_properties_stays_too() => Shaped.Sends(
        Claude, $$"""{ {{Conversation}}, {{Placeholder}}, "tool_choice": "auto" }""", History(),
        new ChatOptions { AdditionalProperties = new() { ["tool_choice"] = "auto" } }, [Declared]);

    [Fact]
    public Task An_unshaped_request_goes_as_it_is() => Shaped.Sends(
        Claude, $$"""{ {{Conversation}} }""", History(), null, [], options => options.Chat.ShapeRequests = false);

    [Fact]
    public async Task A_required_call_without_tools_is_still_an_error() => await Assert.ThrowsAsync<ArgumentException>(
        () => new VerbatimService().Client().GetChatClient(Claude).GetResponseAsync(
            History(), new ChatOptions { ToolMode = ChatToolMode.RequireAny }));

    [Fact]
    public async Task An_unknown_model_teaches_that_it_needs_one()
    {
        var service = new VerbatimService().Answers(Refusal(Missing), HttpStatusCode.BadRequest).Answers(Some.ChatBody)
            .Answers(Some.ChatBody);
        var serving = service.Client();

        var first = await serving.GetChatClient("mine").GetResponseAsync(History());
        await serving.GetChatClient("mine").GetResponseAsync(History());

        JsonText.AssertEqual($$"""{ {{Conversation}} }""", service.Sent[0].Body);
        JsonText.AssertEqual($$"""{ {{Conversation}}, {{Placeholder}}, "tool_choice": "none" }""", service.Sent[1].Body);
        Assert.Equal(service.Sent[1].Body, service.Sent[2].Body);
        Assert.Equal([Declared], first.GetRequestAdjustments().Select(Shaped.Told));
        Assert.Equal($"the endpoint rejected it: \"{Missing}\"", first.GetRequestAdjustments()[0].Reason);
        Assert.Equal(
            "tools a placeholder declared after tool calls",
            Assert.Single(serving.GetCorrections()) is var correction ? $"{correction.Field} {correction.Change}" : "");
    }

    [Theory]
    [InlineData("Unknown parameter in toolConfig.toolChoice: \"none\", must be one of: auto, any, tool")]
    [InlineData("tool_choice: invalid value 'none', expected one of 'auto', 'any', 'tool'")]
    [InlineData(Missing)]
    public async Task A_host_without_the_choice_none_gets_the_placeholder_alone(string refusal)
    {
        var service = new VerbatimService().Answers(Refusal(refusal), HttpStatusCode.BadRequest).Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient(Claude).GetResponseAsync(History());

        JsonText.AssertEqual($$"""{ {{Conversation}}, {{Placeholder}} }""", service.Sent[1].Body);
        Assert.Equal([Declared], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task A_host_that_keeps_rejecting_is_not_retried_forever()
    {
        var service = new VerbatimService()
            .Answers(Refusal(Missing), HttpStatusCode.BadRequest).Answers(Refusal(Missing), HttpStatusCode.BadRequest);
        var serving = service.Client();

        await Assert.ThrowsAsync<DatabricksServingException>(() => serving.GetChatClient(Claude).GetResponseAsync(History()));

        Assert.Equal(2, service.Sent.Count);
        Assert.Empty(serving.GetCorrections());
    }

    [Fact]
    public async Task Tools_that_may_not_be_called_are_left_out_where_none_is_no_choice()
    {
        var service = new VerbatimService()
            .Answers(Refusal("tool_choice: invalid value 'none', expected one of 'auto', 'any', 'tool'"), HttpStatusCode.BadRequest)
            .Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(Claude);
        var options = new ChatOptions { Tools = [ToolsToWireTests.Declaration("f")], ToolMode = ChatToolMode.None };

        var question = await chat.GetResponseAsync(Some.Question(), options);
        await chat.GetResponseAsync(History(), options);

        JsonText.AssertEqual("""{"messages": [{"role": "user", "content": "Hello?"}]}""", service.Sent[1].Body);
        Assert.Equal(["tools left out, because none may be called"], question.GetRequestAdjustments().Select(Shaped.Told));
        JsonText.AssertEqual($$"""{ {{Conversation}}, {{Placeholder}} }""", service.Sent[2].Body);
    }

    [Theory]
    [InlineData(PlaceholderCall, "stop", 0)]
    [InlineData(PlaceholderCall + """, {"id": "10", "type": "function", "function": {"name": "f", "arguments": "{}"}}""", "tool_calls", 1)]
    public async Task A_call_of_the_placeholder_never_leaves_the_client(string calls, string finishReason, int left)
    {
        var message = $$"""{"role": "assistant", "content": "Hm.", "tool_calls": [{{calls}}]}""";
        var document = $$"""{"choices": [{"index": 0, "message": {{message}}, "finish_reason": "tool_calls"}]}""";
        var events =
            $"data: {JsonNode.Parse(document.Replace("\"message\"", "\"delta\"", StringComparison.Ordinal))!.ToJsonString()}\n\ndata: " +
            "[DONE]\n\n";
        var service = new VerbatimService().Answers(document).Streams(events).Answers(document);
        var chat = service.Client().GetChatClient(Claude);

        var whole = await chat.GetResponseAsync(History());
        var streamed = await chat.GetStreamingResponseAsync(History()).ToChatResponseAsync();
        var asDocument = await chat.GetStreamingResponseAsync(History()).ToChatResponseAsync();

        foreach (var response in new[] { whole, streamed, asDocument })
        {
            Assert.Equal("Hm.", response.Text);
            Assert.Equal(finishReason, response.FinishReason?.Value);
            Assert.Equal(left, response.Messages.SelectMany(one => one.Contents).OfType<FunctionCallContent>().Count());
            Assert.Contains(
                "tool_calls calls of the placeholder tool removed from the response!",
                response.GetRequestAdjustments().Select(Shaped.Told));
        }
    }

    [Theory]
    [InlineData(Claude, false)]
    [InlineData(Claude, true)]
    [InlineData("databricks-claude-opus-4-8", false)]
    public async Task A_turn_with_tools_is_continued_without_them_over_real_HTTP(string endpointName, bool streams)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(endpointName);
        emulator.Endpoint(endpointName).CallsTool("get_time", """{"zone":"UTC"}""").Replies("Noon.");
        List<ChatMessage> history = [new(ChatRole.User, "What time is it?")];
        var asked = await chat.GetResponseAsync(history, new ChatOptions { Tools = [ToolsToWireTests.Declaration("get_time")] });
        history.AddMessages(asked);
        history.Add(
            new(
                ChatRole.Tool,
                [new FunctionResultContent(asked.Messages[0].Contents.OfType<FunctionCallContent>().Single().CallId, "12:00")]));

        var answer = streams ? await chat.GetStreamingResponseAsync(history).ToChatResponseAsync() : await chat.GetResponseAsync(history);

        Assert.Equal("Noon.", answer.Text);
        Assert.Equal(2, emulator.Requests.Count);
    }

    private static List<ChatMessage> History() =>
    [
        new(ChatRole.User, "Hi"),
        new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]),
        new(ChatRole.Tool, [new FunctionResultContent("1", JsonSerializer.SerializeToElement(2, AIJsonUtilities.DefaultOptions))]),
    ];

    private static string Refusal(string message) =>
        new JsonObject { ["error_code"] = "BAD_REQUEST", ["message"] = message }.ToJsonString();
}
