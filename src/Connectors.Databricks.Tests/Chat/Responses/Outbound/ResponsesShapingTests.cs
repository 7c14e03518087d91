using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>Rules for conversations and options on the Responses API, where they differ from chat completions.</summary>
public class ResponsesShapingTests
{
    private const string Claude = "system.ai.claude-sonnet-4-5";
    private const string Gpt = "system.ai.gpt-5-2";
    private const string Answer = """{"type":"message","id":"msg_9","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}""";

    [Theory]
    [InlineData(Gpt, 50)]
    [InlineData(Gpt, 64)]
    [InlineData(Gpt, 80)]
    [InlineData(Claude, 50)]
    public async Task A_long_id_of_a_call_goes_back_to_its_model(string model, int length)
    {
        var id = new string('c', length);
        var call = $$"""{"type":"function_call","id":"fc_1","call_id":"{{id}}","name":"look","arguments":"{}","status":"completed"}""";
        var (service, history) = await AskAsync(model, call);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent(id, "blue")]));

        await ChatOf(service, model).GetResponseAsync(history);

        Assert.Contains(
            $$"""{{call}},{"type":"function_call_output","call_id":"{{id}}","output":"blue"}""", service.Sent[1].Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task White_space_that_Claude_wrote_before_a_call_goes_back()
    {
        const string Blank = """{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"\n\n"}]}""";
        const string Call = """{"type":"function_call","id":"fc_1","call_id":"c1","name":"look","arguments":"{}"}""";
        var (service, history) = await AskAsync(Claude, Blank, Call);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "blue")]));

        await ChatOf(service, Claude).GetResponseAsync(history);

        Assert.Contains($"{Blank},{Call},", service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("audio/wav")]
    [InlineData("video/mp4")]
    public async Task Media_of_earlier_turns_do_not_fail_later_ones(string mediaType)
    {
        var service = new VerbatimService().Answers(Body(Answer));

        var response = await ChatOf(service, Claude).GetResponseAsync(
        [
            new(ChatRole.User, [new TextContent("Read it."), new DataContent(new byte[] { 1 }, mediaType)]),
            new(ChatRole.Assistant, "I did."), new(ChatRole.User, "And?"),
        ]);

        Assert.Equal("Read it.", JsonNode.Parse(service.Sent[0].Body)!["input"]![0]!["content"]!.ToString());
        Assert.Contains(
            $"messages.contents DataContent of media type '{mediaType}' left out", response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task Sampling_is_left_out_where_thinking_excludes_it()
    {
        var service = new VerbatimService().Answers(Body(Answer));

        var response = await ChatOf(service, Claude).GetResponseAsync(
            "Hi", new ChatOptions { Temperature = 0.5f, Reasoning = new() { Effort = ReasoningEffort.Low } });

        var sent = JsonNode.Parse(service.Sent[0].Body)!;
        Assert.Null(sent["temperature"]);
        Assert.Equal("low", sent["reasoning"]!["effort"]!.ToString());
        Assert.Equal(["temperature left out with thinking"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task Reasoning_is_left_out_where_a_forced_tool_excludes_it()
    {
        var service = new VerbatimService().Answers(Body(Answer));

        var response = await ChatOf(service, Claude).GetResponseAsync("Hi", new ChatOptions
        {
            Reasoning = new() { Effort = ReasoningEffort.Low },
            Tools = [AIFunctionFactory.Create(() => "noon", "now")],
            ToolMode = ChatToolMode.RequireAny,
        });

        Assert.Null(JsonNode.Parse(service.Sent[0].Body)!["reasoning"]);
        Assert.Equal(["thinking left out with a forced tool choice!"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task An_empty_stop_sequence_is_a_mistake_on_each_API() =>
        await Assert.ThrowsAsync<ArgumentException>(() => ChatOf(new VerbatimService(), Gpt).GetResponseAsync(
            "Hi", new ChatOptions { StopSequences = [string.Empty] }));

    private static async Task<(VerbatimService Service, List<ChatMessage> History)> AskAsync(string model, params string[] items)
    {
        var service = new VerbatimService().Answers(Body(items)).Answers(Body(Answer));
        List<ChatMessage> history = [new(ChatRole.User, "Hello?")];
        history.AddMessages(await ChatOf(service, model).GetResponseAsync(history));
        return (service, history);
    }

    private static IChatClient ChatOf(VerbatimService service, string model) =>
        service.Client(ResponsesRequestTests.Responses).GetChatClient(model);

    private static string Body(params string[] items) =>
        $$"""{"id":"resp_1","status":"completed","output":[{{string.Join(',', items)}}]}""";
}
