using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>Output items go back unchanged, in order, through messages alone.</summary>
public class ReplayTests
{
    private const string Model = "system.ai.gpt-5-2";
    private const string Reasoning = """{"type":"reasoning", "id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"abc=="}""";
    private const string Message = """{"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"final","content":[{"type":"output_text","text":"I will look.","annotations":[],"logprobs":[]}]}""";
    private const string Call = """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"get_weather","arguments":"{ \"city\" : \"Oslo\" }","encrypted_content":"sig","status":"completed"}""";
    private const string Untyped = """{"id":"msg_2","role":"assistant","content":[{"type":"output_text","text":"Sunny."}]}""";
    private const string Parts = """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"},{"type":"summary_text","text":"so"}],"encrypted_content":"abc=="}""";
    private const string Thinking = """{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"reasoning_text","text":"hm"},{"type":"output_text","text":"Sunny."}]}""";
    private const string Question = """{"type":"message","role":"user","content":"Weather?"}""";
    private const string FollowUp = """{"type":"message","role":"user","content":"And?"}""";
    private const string Search = """{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"x"}}""";

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Items_are_byte_for_byte_the_same(bool isStream, bool isStoredAsJson)
    {
        var service = Service(isStream, Reasoning, Message, Search, Call);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient(Model)
            .GetResponseAsync(isStoredAsJson ? Stored(history) : history);

        var sent = service.Sent[1].Body;
        Assert.Contains($"{Reasoning},{Message},{Search},{Call},{{\"type\":\"function_call_output\"", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_before_a_message_goes_back_before_it(bool isStream)
    {
        var service = Service(isStream, Reasoning, Call, Message);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient(Model).GetResponseAsync(history);

        Assert.Contains($"{Reasoning},{Call},{Message},", service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_without_a_type_goes_back_once(bool isStream) => Assert.Contains(
        $"[{Question},{Untyped},{FollowUp}]", await AskAgainAsync(Model, isStream, Untyped), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_of_several_parts_goes_back_when_a_response_has_several_messages(bool isStream) => Assert.Contains(
        $"[{Question},{Parts},{Message},{Untyped},{FollowUp}]",
        await AskAgainAsync(Model, isStream, Parts, Message, Untyped), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_model_receives_the_text_of_a_message_that_has_reasoning_too(bool isStream) => Assert.Contains(
        $$"""[{{Question}},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Sunny."}]},{{FollowUp}}]""",
        await AskAgainAsync("system.ai.kimi-k3", isStream, Thinking), StringComparison.Ordinal);

    // The body of the next request, to the same model or to another one.
    private static async Task<string> AskAgainAsync(string next, bool isStream, params string[] items)
    {
        var service = Service(isStream, items);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream);
        history.Add(new(ChatRole.User, "And?"));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient(next).GetResponseAsync(history);

        return service.Sent[1].Body;
    }

    [Fact]
    public async Task A_text_that_the_app_changed_is_sent_changed()
    {
        var service = Service(isStream: false, Message, Call);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream: false);
        var text = history[1].Contents.OfType<TextContent>().Single();
        text.Text = "[redacted]";
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient(Model).GetResponseAsync(history);

        Assert.DoesNotContain("I will look.", service.Sent[1].Body, StringComparison.Ordinal);
        Assert.Contains("[redacted]", service.Sent[1].Body, StringComparison.Ordinal);
        Assert.Contains(Call, service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_app_changed_is_sent_changed()
    {
        var service = Service(isStream: false, Call);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream: false);
        history[1].Contents.OfType<FunctionCallContent>().Single().Arguments!["city"] = "Bergen";
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient(Model).GetResponseAsync(history);

        Assert.Contains(
            """{"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Bergen\"}""",
            service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_loses_only_what_is_bound_to_the_first()
    {
        var service = Service(isStream: false, Reasoning, Message, Search, Call);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream: false);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        var response = await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient("system.ai.kimi-k3")
            .GetResponseAsync(history);

        var input = JsonNode.Parse(service.Sent[1].Body)!["input"]!;
        Assert.Equal(
            ["message", "message", "function_call", "function_call_output"],
            input.AsArray().Select(item => item!["type"]!.ToString()));
        Assert.DoesNotContain("encrypted_content", service.Sent[1].Body, StringComparison.Ordinal);
        Assert.Equal(2, response.GetRequestAdjustments().Count(adjustment => adjustment.Change.Contains(Model, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Chat_completions_take_the_history_without_the_items()
    {
        var service = Service(isStream: false, Reasoning, Message, Search, Call);
        var history = await AskAsync(service.Client(ResponsesRequestTests.Responses).GetChatClient(Model), isStream: false);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));

        await service.Answers(Some.ChatBody).Client().GetChatClient(Model).GetResponseAsync(history);

        var messages = JsonNode.Parse(service.Sent[1].Body)!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant", "tool"], messages.Select(message => message!["role"]!.ToString()));
        Assert.Equal("I will look.", messages[1]!["content"]!.ToString());
        Assert.Equal("call_1", messages[1]!["tool_calls"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task Serving_endpoints_get_items_without_what_only_output_has()
    {
        var longId = Message.Replace("msg_1", new string('m', 100), StringComparison.Ordinal);
        var service = Service(
            isStream: false, """{"type":"reasoning","id":"rs_1","summary":[],"status":null,"encrypted_content":"abc"}""", longId);
        var chat = service.Client(ResponsesRequestTests.Responses).GetChatClient("databricks-gpt-5-2");
        var history = await AskAsync(chat, isStream: false);
        history.Add(new(ChatRole.User, "And?"));

        await service.Answers(Body(Message)).Client(ResponsesRequestTests.Responses).GetChatClient("databricks-gpt-5-2")
            .GetResponseAsync(history);

        var input = JsonNode.Parse(service.Sent[1].Body)!["input"]!;
        Assert.Equal("""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"abc"}""", input[1]!.ToJsonString());
        Assert.Null(input[2]!["id"]);
        Assert.Null(input[2]!["status"]);
        Assert.Equal("final", input[2]!["phase"]!.ToString());
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2", false)]
    [InlineData("system.ai.gpt-5-2", true)]
    [InlineData("system.ai.claude-sonnet-4-5", true)]
    [InlineData("system.ai.gemini-pro", false)]
    [InlineData("system.ai.gemini-pro", true)]
    [InlineData("system.ai.kimi-k3", false)]
    public async Task Ten_turns_with_tools_are_accepted_by_an_emulator_that_compares_items(string model, bool isStream)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
        {
            Workspace = EmulatedWorkspace.GatewayEnforced,
            Quirks = { ResponsesRequireUnchangedItems = true, ResponsesVerifyReasoning = true },
        });
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            Chat = { Api = DatabricksChatApi.Responses },
        });
        var calls = 0;
        var chat = serving.GetChatClient(model).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create(
                    (string city) => $"{++calls}: sunny in {city}", "get_weather", "Gets the weather of a city."),
            ],
            Reasoning = new() { Effort = ReasoningEffort.Low },
        };
        List<ChatMessage> history = [];
        for (var turn = 0; turn < 10; turn++)
        {
            history.Add(new(ChatRole.User, $"What is the weather in city {turn}?"));
            history = Stored(history);
            history.AddMessages(isStream
                ? await chat.GetStreamingResponseAsync(history, options).ToChatResponseAsync()
                : await chat.GetResponseAsync(history, options));
        }

        Assert.Equal(10, calls);
        Assert.All(
            emulator.Requests,
            request => Assert.Equal((200, "/ai-gateway/mlflow/v1/responses"), (request.StatusCode, request.Path)));
    }

    private static List<ChatMessage> Stored(List<ChatMessage> history) =>
    [
        .. JsonSerializer.Deserialize<IList<ChatMessage>>(
            JsonSerializer.Serialize<IList<ChatMessage>>(history, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!,
    ];

    private static async Task<List<ChatMessage>> AskAsync(IChatClient chat, bool isStream)
    {
        List<ChatMessage> history = [new(ChatRole.User, "Weather?")];
        history.AddMessages(isStream
            ? await chat.GetStreamingResponseAsync(history).ToChatResponseAsync()
            : await chat.GetResponseAsync(history));
        return history;
    }

    private static VerbatimService Service(bool isStream, params string[] items) =>
        isStream ? new VerbatimService().Streams(Events(items)) : new VerbatimService().Answers(Body(items));

    private static string Body(params string[] items) =>
        $$"""{"id":"resp_1","status":"completed","output":[{{string.Join(", ", items)}}]}""";

    private static string Events(string[] items) => string.Concat(
        items.Select((item, index) =>
            $"data: {{\"type\":\"response.output_item.done\",\"output_index\":{index},\"item\":{item}}}\n\n")
            .Prepend("data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"output\":[]}}\n\n")
            .Append($"data: {{\"type\":\"response.completed\",\"response\":{Body(items)}}}\n\n"));
}
