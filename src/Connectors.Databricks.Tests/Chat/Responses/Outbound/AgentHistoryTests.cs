using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>Histories of agents: decisions on their approval requests, and reasoning behind their own calls.</summary>
public class AgentHistoryTests
{
    private const string Agent = "main.default.my-agent";

    private const string Approval =
        """{"type":"mcp_approval_request","id":"mcpr_1","name":"delete_file","arguments":"{}","server_label":"files"}""";

    private const string Output = """{"type":"function_call_output","call_id":"call_1","output":"12 degrees"}""";

    private const string Reasoning = """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"abc"}""";

    [Theory]
    [InlineData(Agent, true)]
    [InlineData("main.default.other-model", false)]
    public async Task A_decision_is_sent_only_with_its_request(string next, bool isSent)
    {
        var history = await AskAsync(Approval);
        var request = history[^1].Contents.OfType<ToolApprovalRequestContent>().Single();
        history.Add(new(ChatRole.User, [request.CreateResponse(approved: true)]));
        history.Add(new(ChatRole.User, "Well?"));

        var (types, response) = await SendAsync(next, history);

        Assert.Equal(isSent ? ["message", "mcp_approval_request", "mcp_approval_response", "message"] : ["message", "message"], types);
        Assert.Equal(!isSent, response.GetRequestAdjustments().Any(one => one.Change == "the decision on an approval request left out"));
    }

    [Fact]
    public async Task A_decision_whose_request_was_removed_is_left_out()
    {
        var history = await AskAsync(Approval);
        var request = history[^1].Contents.OfType<ToolApprovalRequestContent>().Single();

        var (types, _) = await SendAsync(
            Agent, [history[0], new(ChatRole.User, [request.CreateResponse(approved: true), new TextContent("Well?")])]);

        Assert.Equal(["message", "message"], types);
    }

    [Fact]
    public async Task Reasoning_behind_the_last_call_of_an_agent_goes_back()
    {
        var history = await AskAsync(Call, Output, Reasoning);
        history.Add(new(ChatRole.User, "Well?"));

        var (types, response) = await SendAsync(Agent, history);

        Assert.Equal(["message", "function_call", "function_call_output", "reasoning", "message"], types);
        Assert.Empty(response.GetRequestAdjustments());
    }

    [Fact]
    public async Task Reasoning_that_the_limit_cut_is_left_out()
    {
        var history = await AskAsync(Reasoning);
        history.Add(new(ChatRole.User, "Well?"));

        var (types, response) = await SendAsync(Agent, history);

        Assert.Equal(["message", "message"], types);
        Assert.Equal(["messages.reasoning"], response.GetRequestAdjustments().Select(adjustment => adjustment.Field));
    }

    private static async Task<List<ChatMessage>> AskAsync(params string[] items)
    {
        List<ChatMessage> history = [new(ChatRole.User, "Hi")];
        history.AddMessages(await new VerbatimService().Answers(Document(items)).Client(ResponsesRequestTests.Responses)
            .GetChatClient(Agent).GetResponseAsync(history));
        return history;
    }

    private static async Task<(IEnumerable<string> Types, ChatResponse Response)> SendAsync(string next, List<ChatMessage> history)
    {
        var service = new VerbatimService().Answers(Document(Message));
        var response = await service.Client(ResponsesRequestTests.Responses).GetChatClient(next).GetResponseAsync(history);
        var input = JsonNode.Parse(service.Sent.Single().Body)!["input"]!.AsArray();
        return (input.Select(item => item!["type"]!.ToString()), response);
    }
}
