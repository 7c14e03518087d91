using System.Text.Json;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>The code about the Agent Framework of docs/agents.md.</summary>
public static class AgentFrameworkCode
{
    public static async Task SessionAsync(DatabricksServingClient serving)
    {
        // <agent-session>
        AIAgent agent = serving.GetChatClient("system.ai.claude-sonnet-4-5").AsAIAgent(instructions: "You plan trips.");
        AgentSession session = await agent.CreateSessionAsync();
        Console.WriteLine(await agent.RunAsync("I want to see the Night Watch.", session));
        string stored = (await agent.SerializeSessionAsync(session)).GetRawText();

        // Later, in another process:
        using JsonDocument read = JsonDocument.Parse(stored);
        session = await agent.DeserializeSessionAsync(read.RootElement);
        Console.WriteLine(await agent.RunAsync("Which city is that in?", session));
        // </agent-session>
    }

    public static async Task<AgentResponse> ApprovalAsync(
        DatabricksServingClient serving, Func<string, string> BookTrain, Func<ToolApprovalRequestContent, bool> Confirm)
    {
        // <agent-approval>
        AIAgent agent = serving.GetChatClient("system.ai.claude-sonnet-4-5")
            .AsAIAgent(tools: [new ApprovalRequiredAIFunction(AIFunctionFactory.Create(BookTrain, "book_train"))]);
        AgentSession session = await agent.CreateSessionAsync();
        AgentResponse response = await agent.RunAsync("Please book the train to the city Utrecht.", session);
        while (Requests(response) is { Count: > 0 } requests)
        {
            AIContent[] decisions = [.. requests.Select(request => request.CreateResponse(approved: Confirm(request)))];
            response = await agent.RunAsync(new ChatMessage(ChatRole.User, decisions), session);
        }

        static List<ToolApprovalRequestContent> Requests(AgentResponse response) =>
            [.. response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>()];
        // </agent-approval>

        return response;
    }
}
