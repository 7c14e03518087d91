using System.Text.Json;
using Connectors.Databricks.Tests.Chat.Requests;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Histories;

/// <summary>Turns of a history: joined, dropped, closed, and with ids that fit.</summary>
public class TurnsTests
{
    private const string Kimi = "databricks-kimi-k3";
    private const string Claude = "databricks-claude-sonnet-4-5";
    private const string Gpt = "databricks-gpt-5-2";

    [Theory]
    [InlineData(Kimi)]
    [InlineData("databricks-inkling")]
    [InlineData("some-endpoint")]
    public async Task A_turn_that_the_limit_cut_in_its_reasoning_is_left_out(string endpoint)
    {
        var service = new VerbatimService()
            .Answers("""{"choices":[{"message":{"role":"assistant","content":"","reasoning_content":"The user"},"finish_reason":"length"}]}""").Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(endpoint);
        List<ChatMessage> history = [new(ChatRole.User, "One?")];

        history.AddRange((await chat.GetResponseAsync(history, new ChatOptions { MaxOutputTokens = 3 })).Messages);
        history.Add(new ChatMessage(ChatRole.User, "Again?"));
        var response = await chat.GetResponseAsync(history);

        JsonText.AssertEqual(
            endpoint == "some-endpoint"
                ? """{"messages":[{"role":"user","content":"One?"},{"role":"user","content":"Again?"}]}"""
                : """{"messages":[{"role":"user","content":"One?\n\nAgain?"}]}""",
            service.Sent[1].Body);
        Assert.Equal(["messages.reasoning a turn with reasoning only left out"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Theory]
    [InlineData("databricks-kimi-k3", "\n\n")]
    [InlineData("databricks-inkling", " ")]
    [InlineData("some-endpoint", "\n")]
    public async Task A_turn_of_white_space_is_left_out(string endpoint, string text)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync(
            [new(ChatRole.User, "One?"), new(ChatRole.Assistant, text), new(ChatRole.User, "Again?")]);

        JsonText.AssertEqual(
            endpoint == "some-endpoint"
                ? """{"messages":[{"role":"user","content":"One?"},{"role":"user","content":"Again?"}]}"""
                : """{"messages":[{"role":"user","content":"One?\n\nAgain?"}]}""",
            service.Sent[0].Body);
        Assert.Equal(["messages.content a turn with white space only left out"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task Thinking_that_the_limit_cut_is_not_sent_to_Claude()
    {
        var service = new VerbatimService()
            .Answers("""{"choices":[{"message":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},{"type":"text","text":"Half"}]},"finish_reason":"length"}]}""")
            .Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(Claude);
        List<ChatMessage> history = [new(ChatRole.User, "One?")];

        history.AddRange((await chat.GetResponseAsync(history)).Messages);
        await chat.GetResponseAsync([.. history, new(ChatRole.User, "Again?")]);

        JsonText.AssertEqual(
            """{"messages":[{"role":"user","content":"One?"},{"role":"assistant","content":"Half"},{"role":"user","content":"Again?"}]}""",
            service.Sent[1].Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task An_approved_call_that_was_split_from_its_reasoning_is_one_turn(bool isStored)
    {
        var call = new FunctionCallContent("c1", "f") { InformationalOnly = true };
        ChatMessage[] split =
        [
            new(
                ChatRole.Assistant,
                [
                    new TextReasoningContent("Hm.") { ProtectedData = $"databricks:signature@{Claude}:S" },
                    new ToolApprovalRequestContent("r1", call),
                ]),
            new(ChatRole.User, [new ToolApprovalResponseContent("r1", true, call)]),
            new(ChatRole.Assistant, [call]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "done")]),
        ];

        return Shaped.Sends(
            Claude,
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"S"}]}],
               "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"done"}],
             "tools":[{"type":"function","function":{"name":"f","description":"","parameters":{"type":"object","properties":{}}}}]}
            """,
            [.. Some.Question(), .. isStored ? split.Select(RandomHistory.OutOfStorage) : split],
            new ChatOptions { Tools = [ToolsToWireTests.Declaration("f")] }, []);
    }

    [Fact]
    public Task Every_call_gets_a_result_and_every_result_has_a_call() => Shaped.Sends(
        Gpt,
        """
        {"messages":[
          {"role":"user","content":"Hello?"},
          {"role":"assistant","content":null,"tool_calls":[
            {"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},
            {"id":"c2","type":"function","function":{"name":"f","arguments":"{}"}},
            {"id":"c3","type":"function","function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"c1","content":"one"},
          {"role":"tool","tool_call_id":"c2","content":"No result: the call was not executed."},
          {"role":"tool","tool_call_id":"c3","content":"late"},
          {"role":"user","content":"Well?"}]}
        """,
        [
            .. Some.Question(),
            new(
                ChatRole.Assistant,
                [new FunctionCallContent("c1", "f"), new FunctionCallContent("c2", "f"), new FunctionCallContent("c3", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "one"), new FunctionResultContent("c0", "of a message that was removed")]),
            new(ChatRole.User, "Well?"),
            new(ChatRole.Tool, [new FunctionResultContent("c3", "late")]),
        ],
        null,
        ["messages.tool_results a result added to a call without one!", "messages.tool_results a result without a call left out!"]);

    [Theory]
    [InlineData(Claude, "call_1", "call_1-1")]
    [InlineData(Gpt, "call_1", "call_1-1")]
    [InlineData("databricks-gemini-3-1-pro", "call_1", "call_1-1")]
    [InlineData(Kimi, "call_1", "call_1")]
    [InlineData("some-endpoint", "call_1", "call_1")]
    public async Task An_id_that_repeats_in_a_history_is_unique_where_the_model_requires_it(string endpoint, string first, string second)
    {
        var sent = await Sent(endpoint, [.. Some.Question(), .. Called("call_1", "one"), .. Called("call_1", "two")]);

        Assert.Equal([(first, first, "one"), (second, second, "two")], sent);
    }

    [Theory]
    [InlineData(Claude, "functions.f:0", "call_5716BB")]
    [InlineData(Gpt, "functions.f:0", "functions.f:0")]
    [InlineData(Gpt, "chatcmpl-00000000-0000-0000-0000-000000000000-call-0", "call_")]
    public async Task An_id_that_the_model_rejects_is_another_one_and_the_same_in_every_turn(string endpoint, string id, string start)
    {
        var sent = Assert.Single(await Sent(endpoint, [.. Some.Question(), .. Called(id, "one")]));
        var again = Assert.Single(await Sent(endpoint, [.. Some.Question(), .. Called(id, "one"), new(ChatRole.User, "And?")]));

        Assert.StartsWith(start[..5], sent.Call, StringComparison.Ordinal);
        Assert.Equal((sent.Call, sent), (sent.Result, again));
        Assert.Equal(id == start, sent.Call == id);
    }

    [Theory]
    [InlineData(Kimi, "x", "x", false)]
    [InlineData(Kimi, "x", "x", true)]
    [InlineData(Claude, "x", "x-1", false)]
    public async Task The_model_that_gave_two_calls_one_id_gets_it_back(string next, string first, string second, bool isStored)
    {
        var service = new VerbatimService().Answers(
            """
            {"choices":[{"message":{"tool_calls":[
              {"id":"x","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"x","type":"function","function":{"name":"f","arguments":"{}"}}]}}]}
            """);
        var answer = (await service.Client().GetChatClient(Kimi).GetResponseAsync("Hello?")).Messages[0];
        answer = isStored ? RandomHistory.OutOfStorage(answer) : answer;
        var calls = answer.Contents.OfType<FunctionCallContent>().ToList();

        var sent = await Sent(
            next,
            [
                .. Some.Question(), answer,
                new(ChatRole.Tool, [new FunctionResultContent(calls[1].CallId, "two"), new FunctionResultContent(calls[0].CallId, "one")]),
            ]);

        Assert.Equal(2, calls.DistinctBy(call => call.CallId).Count());
        Assert.Equal([first, second], sent.Select(pair => pair.Call));
        Assert.Equal([(first, "one"), (second, "two")], sent.Select(pair => (pair.Result, pair.Content)).OrderBy(pair => pair.Content));
    }

    [Theory]
    [InlineData(Kimi, true)]
    [InlineData("system.ai.kimi-k3", true)]
    [InlineData(Gpt, false)]
    public async Task A_part_of_an_unknown_kind_goes_back_to_its_model_only(string next, bool goes)
    {
        var service = new VerbatimService()
            .Answers("""{"choices":[{"message":{"content":[{"type":"video_ref","ref":7},{"type":"text","text":"See."}]}}]}""")
                .Answers(Some.ChatBody).Answers(Some.ChatBody);
        var serving = service.Client();
        var answer = (await serving.GetChatClient(Kimi).GetResponseAsync("Hello?")).Messages[0];

        foreach (var message in (ChatMessage[])[answer, RandomHistory.OutOfStorage(answer)])
        {
            var response = await serving.GetChatClient(next).GetResponseAsync([.. Some.Question(), message, new(ChatRole.User, "And?")]);

            Assert.Equal(goes, service.Sent[^1].Body.Contains("""{"type":"video_ref","ref":7}""", StringComparison.Ordinal));
            Assert.Equal(goes ? [] : ["messages.contents AIContent left out"], response.GetRequestAdjustments().Select(Shaped.Told));
        }
    }

    [Theory]
    [InlineData(Claude)]
    [InlineData("databricks-gemini-3-1-pro")]
    public async Task A_conversation_that_the_assistant_begins_gets_a_message_of_the_user(string endpoint)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient(endpoint)
            .GetResponseAsync([new(ChatRole.Assistant, "How can I help?"), new(ChatRole.User, "Hello.")]);

        JsonText.AssertEqual(
            """
            {"messages":[{"role":"user","content":"Please continue."},{"role":"assistant","content":"How can I help?"},{"role":"user","content":"Hello."}]}
            """,
            service.Sent[0].Body);
        Assert.Equal(["messages a user message added at the start!"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    private static ChatMessage[] Called(string id, string result) =>
        [new(ChatRole.Assistant, [new FunctionCallContent(id, "f")]), new(ChatRole.Tool, [new FunctionResultContent(id, result)])];

    /// <summary>The ids of the calls, and those of the results, with what they hold.</summary>
    private static async Task<List<(string Call, string Result, string Content)>> Sent(string endpoint, IEnumerable<ChatMessage> messages)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        await service.Client().GetChatClient(endpoint).GetResponseAsync(messages);
        using var document = JsonDocument.Parse(service.Sent[0].Body);
        var sent = document.RootElement.GetProperty("messages").EnumerateArray().ToList();
        var calls = sent.Where(message => message.TryGetProperty("tool_calls", out _))
            .SelectMany(message => message.GetProperty("tool_calls").EnumerateArray()).Select(call => call.GetProperty("id").GetString()!);
        var results = sent.Where(message => message.GetProperty("role").GetString() == "tool")
            .Select(message => (message.GetProperty("tool_call_id").GetString()!, message.GetProperty("content").GetString()!));
        return [.. calls.Zip(results, (call, result) => (call, result.Item1, result.Item2))];
    }
}
