using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>The items of a response go back in its order, also when an app has them in several messages.</summary>
public class ItemOrderTests
{
    private const string Answer = """{"id":"resp_2","output":[{"type":"message","id":"msg_9","role":"assistant","content":"ok"}]}""";

    private static readonly string[] Items =
    [
        """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"a"}""",
        """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"search","arguments":"{}"}""",
        """{"type":"function_call_output","call_id":"call_1","output":"found"}""",
        """{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"I will look.","annotations":[]}]}""",
        """{"type":"function_call","id":"fc_2","call_id":"call_2","name":"now","arguments":"{\"a\":1}"}""",
        """{"type":"message","id":"msg_2","role":"assistant","content":[{"type":"output_text","text":"Wait.","annotations":[]}]}""",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Items_of_an_agent_go_back_in_order(bool isStream)
    {
        var service = Service(isStream);
        var chat = Chat(service);
        List<ChatMessage> history = [new(ChatRole.User, "Hi")];
        history.AddMessages(isStream
            ? await chat.GetStreamingResponseAsync(history).ToChatResponseAsync()
            : await chat.GetResponseAsync(history));
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_2", "noon")]));

        await chat.GetResponseAsync(history);

        AssertInOrder(service);
    }

    [Fact]
    public async Task Items_in_messages_of_another_order_go_back_in_theirs()
    {
        var service = Service(isStream: false);
        var chat = Chat(service);
        var response = await chat.GetResponseAsync("Hi");

        // As after a store that groups contents by kind: one message each, calls last.
        AIContent[] contents = [.. response.Messages.SelectMany(message => message.Contents)];
        List<ChatMessage> history =
        [
            new(ChatRole.User, "Hi"),
            .. contents.Where(content => content is not (FunctionCallContent or FunctionResultContent))
                .Chunk(contents.Length).Select(chunk => new ChatMessage(ChatRole.Assistant, chunk)),
            .. contents.OfType<FunctionCallContent>().Select(call => new ChatMessage(ChatRole.Assistant, [call])),
            new(ChatRole.Tool, [.. contents.OfType<FunctionResultContent>()]),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", "noon")]),
        ];

        await chat.GetResponseAsync(history, new ChatOptions().WithRequestShaping(false));

        AssertInOrder(service);
    }

    private static void AssertInOrder(VerbatimService service)
    {
        var input = JsonNode.Parse(service.Sent[1].Body)!["input"]!.AsArray();
        Assert.Equal(
            [.. Items.Select(item => JsonNode.Parse(item)!.ToJsonString())],
            input.Skip(1).Take(Items.Length).Select(item => item!.ToJsonString()));
        Assert.Equal("noon", input[^1]!["output"]!.ToString());
        Assert.Equal(Items.Length + 2, input.Count);
    }

    private static IChatClient Chat(VerbatimService service) =>
        service.Client(ResponsesRequestTests.Responses).GetChatClient("my-agent");

    private static VerbatimService Service(bool isStream)
    {
        var document = $$"""{"id":"resp_1","output":[{{string.Join(',', Items)}}]}""";
        return (isStream
            ? new VerbatimService().Streams(Exchange.Events([
                """{"type":"response.created","response":{"id":"resp_1","output":[]}}""",
                .. Items.Select((item, index) => $$"""{"type":"response.output_item.done","output_index":{{index}},"item":{{item}}}"""),
                $$"""{"type":"response.completed","response":{{document}}}""", "[DONE]",
            ]))
            : new VerbatimService().Answers(document)).Answers(Answer);
    }
}
