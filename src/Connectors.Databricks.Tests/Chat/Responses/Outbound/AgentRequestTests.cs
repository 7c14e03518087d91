using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>Requests to agents of task <c>agent/v1/responses</c>, and what they return in addition (serving reference §8.3).</summary>
public class AgentRequestTests
{
    private const string Body =
        """
        {"id":"resp_1","output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}],
         "custom_outputs":{"mood":"good"},"databricks_output":{"trace":{"info":{"trace_id":"tr-1"}}}}
        """;

    [Fact]
    public async Task System_messages_are_items_in_their_place() => JsonText.AssertEqual(
        """
        {"model":"my-agent","input":[
         {"type":"message","role":"system","content":"Be brief."},
         {"type":"message","role":"system","content":"Be kind.\n\nBe polite."},
         {"type":"message","role":"user","content":"Hi"},
         {"type":"message","role":"developer","content":"Say it in Dutch."},
         {"type":"message","role":"user","content":"And now?"}]}
        """,
        await SentAsync(
            [
                new(ChatRole.System, [new TextContent("Be kind."), new TextContent("Be polite.")]), new(ChatRole.User, "Hi"),
                new(new("developer"), "Say it in Dutch."), new(ChatRole.System, ""), new(ChatRole.User, "And now?"),
            ],
            new ChatOptions { Instructions = "Be brief." }));

    [Fact]
    public async Task Members_of_agents_are_sent_under_their_names() => JsonText.AssertEqual(
        """
        {"model":"my-agent","input":[{"type":"message","role":"user","content":"Hi"}],"custom_inputs":{"tone":"kind"},
         "context":{"conversation_id":"c-1","user_id":"u-1"},"databricks_options":{"return_trace":true}}
        """,
        await SentAsync(
            [new(ChatRole.User, "Hi")],
            new ChatOptions().WithCustomInputs(new JsonObject { ["tone"] = "kind" }).WithAgentContext("u-1", "c-1").WithAgentTrace()));

    [Theory]
    [InlineData("u-1", null, """{"user_id":"u-1"}""")]
    [InlineData(null, "c-1", """{"conversation_id":"c-1"}""")]
    public async Task A_context_has_what_is_set(string? userId, string? conversationId, string expected)
    {
        var sent = await SentAsync([new(ChatRole.User, "Hi")], new ChatOptions().WithAgentContext(userId, conversationId));

        JsonText.AssertEqual(expected, JsonNode.Parse(sent)!["context"]!.ToJsonString());
    }

    [Fact]
    public async Task The_conversation_of_the_context_is_not_that_of_the_response()
    {
        var response = await Agent(new VerbatimService().Answers(Body))
            .GetResponseAsync("Hi", new ChatOptions().WithAgentContext(conversationId: "c-1"));

        Assert.Null(response.ConversationId);
    }

    [Fact]
    public async Task A_response_has_the_trace_id_and_the_custom_outputs()
    {
        var response = await Agent(new VerbatimService().Answers(Body)).GetResponseAsync("Hi");

        Assert.Equal("tr-1", response.GetTraceId());
        Assert.Equal("good", response.GetCustomOutputs()!.Value.GetProperty("mood").GetString());

        var stored = JsonSerializer.Deserialize<ChatResponse>(
            JsonSerializer.Serialize(response, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        Assert.Equal("tr-1", stored.GetTraceId());
        Assert.Equal("good", stored.GetCustomOutputs()!.Value.GetProperty("mood").GetString());
    }

    [Fact]
    public async Task The_last_update_has_the_trace_id_and_the_custom_outputs()
    {
        var service = new VerbatimService().Streams(Exchange.Events(
            """{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hi"}""",
            """{"type":"response.completed","response":{"id":"resp_1","output":[],"custom_outputs":{"mood":"good"}}}""",
            """{"trace_id":"tr-1"}""",
            "[DONE]"));

        var updates = await Exchange.Collect(Agent(service));

        Assert.Equal(("tr-1", "good"), (updates[^1].GetTraceId(), updates[^1].GetCustomOutputs()!.Value.GetProperty("mood").GetString()));
        Assert.Null(updates[0].GetTraceId());
        Assert.Null(updates[0].GetCustomOutputs());
    }

    [Fact]
    public void Nonsense_is_rejected()
    {
        var options = new ChatOptions();

        Assert.Throws<ArgumentException>("userId", () => options.WithAgentContext());
        Assert.Throws<ArgumentException>("userId", () => options.WithAgentContext(" "));
        Assert.Throws<ArgumentException>("conversationId", () => options.WithAgentContext("u", ""));
        Assert.Throws<ArgumentNullException>("options", () => ((ChatOptions)null!).WithAgentContext("u"));
        Assert.Throws<ArgumentNullException>("response", () => ((ChatResponse)null!).GetTraceId());
        Assert.Throws<ArgumentNullException>("update", () => ((ChatResponseUpdate)null!).GetTraceId());
        Assert.Throws<ArgumentNullException>("response", () => ((ChatResponse)null!).GetCustomOutputs());
        Assert.Throws<ArgumentNullException>("update", () => ((ChatResponseUpdate)null!).GetCustomOutputs());
        Assert.Null(new ChatResponse().GetTraceId());
        Assert.Null(new ChatResponse().GetCustomOutputs());
        Assert.Null(options.AdditionalProperties);
    }

    private static IChatClient Agent(VerbatimService service) =>
        service.Client(ResponsesRequestTests.Responses).GetChatClient("my-agent");

    private static async Task<string> SentAsync(List<ChatMessage> messages, ChatOptions? options = null)
    {
        var service = new VerbatimService().Answers(Body);
        await Agent(service).GetResponseAsync(messages, options);
        return service.Sent.Single().Body;
    }
}
