using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>What serving endpoints get of an item: they reject members that they themselves return.</summary>
public class ItemTrimmingTests
{
    private const string Gpt = "databricks-gpt-5-2";
    private const string Agent = "travel";
    private const string Done = """{"id":"resp_2","output":[{"type":"message","id":"msg_9","role":"assistant","content":"ok"}]}""";
    private static readonly string Long = new('a', 65);

    public static TheoryData<string, string, string?> Ids => new()
    {
        { Gpt, Message("msg_1"), "msg_1" },
        { Gpt, Message("msg_" + Long), null },
        { Gpt, Message($"msg_{Long[..60]}"), $"msg_{Long[..60]}" },
        { Gpt, Message("0b2c"), null },
        { Gpt, Message("__fake_id__"), null },
        { Gpt, Call("fc_1"), "fc_1" },
        { Gpt, Call("call_1"), null },
        { Gpt, Call("fc_" + Long), null },
        { Gpt, Reasoning("rs_1"), "rs_1" },
        { Gpt, Reasoning("abc"), null },
        { Gpt, Reasoning("rs_" + Long), null },
        { Gpt, Search("ws_1"), "ws_1" },
        { Gpt, Search("__fake_id__2"), null },
        { Agent, Message("0b2c"), null },
        { Agent, Message("msg_1"), "msg_1" },
        { Agent, Reasoning("abc"), "abc" },
        { Agent, Reasoning("__fake_id__"), "__fake_id__" },
        { Agent, Reasoning("rs_" + Long), null },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_id_is_sent_where_it_is_accepted(string endpointName, string item, string? expected) =>
        Assert.Equal(expected, (await ReplayedAsync(endpointName, item))["id"]?.ToString());

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Unity_Gateway_gets_each_id(string endpointName, string item, string? expected)
    {
        _ = (endpointName, expected);
        var service = new VerbatimService().Answers(Document(item)).Answers(Done);

        await ReplayAsync(service, "system.ai.gpt-5-2");

        Assert.Contains(item, service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Agent)]
    public async Task The_id_of_an_approval_request_is_never_trimmed(string endpointName)
    {
        foreach (var id in (string[])["__fake_id__", "mcpr_" + Long, "x"])
        {
            var service = new VerbatimService().Answers(Document(
                $$"""{"type":"mcp_approval_request","id":"{{id}}","name":"delete","arguments":"{}","server_label":"s","status":null}"""))
                .Answers(Done);
            var chat = Chat(service, endpointName);
            List<ChatMessage> history = [new(ChatRole.User, "Hi")];
            history.AddMessages(await chat.GetResponseAsync(history));
            var asked = history.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
            history.Add(new(ChatRole.User, [asked.CreateResponse(approved: true)]));

            await chat.GetResponseAsync(history);

            var input = JsonNode.Parse(service.Sent[1].Body)!["input"]!;
            JsonText.AssertEqual(
                $$"""{"type":"mcp_approval_request","id":"{{id}}","name":"delete","arguments":"{}","server_label":"s"}""",
                input[1]!.ToJsonString());
            Assert.Equal(id, input.AsArray()[^1]!["approval_request_id"]!.ToString());
        }
    }

    [Fact]
    public async Task Members_of_output_and_nulls_are_left_out_in_parts_too() => JsonText.AssertEqual(
        """
        {"type":"message","id":"msg_1","role":"assistant","phase":"final","content":[
         {"type":"output_text","text":"null \" and é","annotations":[{"type":"url_citation","url":"https://a.b"}]}]}
        """,
        (await ReplayedAsync(Gpt,
            """
            {"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"final","x":null,"content":[
             {"type":"output_text","text":"null \" and \u00e9","logprobs":null,
              "annotations":[{"type":"url_citation","url":"https://a.b","title":null}]}]}
            """)).ToJsonString());

    [Fact]
    public async Task A_null_that_may_be_a_value_stays() => JsonText.AssertEqual(
        """{"type":"some_call","id":"sc_1","action":{"a":null},"\u0061b":1}""",
        (await ReplayedAsync(Gpt, """{"type":"some_call","id":"sc_1","action":{"a":null},"\u0061b":1,"st\u0061tus":"done"}"""))
            .ToJsonString());

    [Fact]
    public async Task The_path_of_OpenAI_on_Unity_Gateway_trims_too()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"ENDPOINT_NOT_FOUND","message":"no"}""", HttpStatusCode.NotFound)
            .Answers(Document(Message("x"))).Answers(Done);

        await ReplayAsync(service, "system.ai.gpt-5-2");

        Assert.Equal("/ai-gateway/openai/v1/responses", service.Sent[2].Uri.AbsolutePath);
        Assert.Null(JsonNode.Parse(service.Sent[2].Body)!["input"]![1]!["id"]);
    }

    private static async Task<JsonNode> ReplayedAsync(string endpointName, string item)
    {
        var service = new VerbatimService().Answers(Document(item)).Answers(Done);
        await ReplayAsync(service, endpointName);
        return JsonNode.Parse(service.Sent[1].Body)!["input"]![1]!;
    }

    private static async Task ReplayAsync(VerbatimService service, string endpointName)
    {
        var chat = Chat(service, endpointName);
        List<ChatMessage> history = [new(ChatRole.User, "Hi")];
        history.AddMessages(await chat.GetResponseAsync(history));
        if (history.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Any())
        {
            history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]));
        }

        history.Add(new(ChatRole.User, "And?"));
        await chat.GetResponseAsync(history);
    }

    private static IChatClient Chat(VerbatimService service, string endpointName) =>
        service.Client(ResponsesRequestTests.Responses).GetChatClient(endpointName);

    // A turn of reasoning alone is not sent.
    private static string Document(string item) => $$"""{"id":"resp_1","output":[{{item}},{{Message("msg_0")}}]}""";

    private static string Message(string id) =>
        $$"""{"type":"message","id":"{{id}}","role":"assistant","content":[{"type":"output_text","text":"ok"}]}""";

    private static string Call(string id) =>
        $$"""{"type":"function_call","id":"{{id}}","call_id":"call_1","name":"now","arguments":"{}"}""";

    private static string Reasoning(string id) => $$"""{"type":"reasoning","id":"{{id}}","summary":[],"encrypted_content":"abc"}""";

    private static string Search(string id) => $$"""{"type":"web_search_call","id":"{{id}}"}""";
}
