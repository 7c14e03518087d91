using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Connectors.Databricks.Tests.Chat.Responses.Replay;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>
/// Conversations of ten turns with any items of the Responses API, through a <see cref="ChatHistory"/> and through sessions of the Agent
/// Framework: each request sends the items back byte for byte and in order.
/// </summary>
public class ReplayTests
{
    private const int Seed = 20261130;
    private const int Rounds = 25;
    private const int Turns = 10;

    [Theory]
    [InlineData("system.ai.gpt-5-2", false)]
    [InlineData("system.ai.gpt-5-2", true)]
    [InlineData("system.ai.claude-sonnet-4-5", false)]
    [InlineData("system.ai.gemini-pro", true)]
    public async Task Items_go_back_through_a_chat_history(string model, bool isStored)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var agent = new RandomAgent(Seed + round, hasApprovals: true);
            var kernel = Kernel.CreateBuilder().AddDatabricksChatCompletion(model, agent.Client()).Build();
            kernel.Plugins.AddFromObject(new CityPlugin(), "City");
            var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
            ChatHistory history = [];
            for (var turn = 0; turn < Turns; turn++)
            {
                var requests = history.Count == 0 ? [] :
                    history[^1].Items.Where(item => item.Metadata?.ContainsKey("ApprovalRequestId") is true).ToList();
                history.Add(new(
                    AuthorRole.User,
                    requests.Count == 0
                        ? [new Microsoft.SemanticKernel.TextContent($"Question {turn}?")]
                        : [.. requests.Select(request => Decision(request.Metadata!["ApprovalRequestId"], turn % 2 == 0))]));
                history = isStored ? JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))! : history;
                var exception = await Record.ExceptionAsync(async () => history.AddRange(
                    await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync(history, settings, kernel)));

                AssertUnchanged(agent, exception, $"round {round}, turn {turn}");
            }
        }
    }

    [Theory]
    [InlineData("system.ai.gemini-pro")]
    [InlineData("databricks-gpt-5-2")]
    public async Task Items_go_back_after_streams_whose_text_the_app_adds(string model)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var agent = new RandomAgent(Seed + round, hasApprovals: true)
            {
                IsServingEndpoint = !model.Contains('.', StringComparison.Ordinal),
            };
            var kernel = Kernel.CreateBuilder().AddDatabricksChatCompletion(model, agent.Client()).Build();
            kernel.Plugins.AddFromObject(new CityPlugin(), "City");
            var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
            var chat = kernel.GetRequiredService<IChatCompletionService>();
            ChatHistory history = [];
            List<StreamingChatMessageContent> updates = [];
            for (var turn = 0; turn < Turns; turn++)
            {
                List<KernelContent> decisions =
                [
                    .. updates.SelectMany(update => update.Items).Select(item => item.Metadata?.GetValueOrDefault("ApprovalRequestId"))
                        .Where(id => id is not null).Select(id => Decision(id, turn % 2 == 0)),
                ];
                history.Add(new(
                    AuthorRole.User,
                    decisions.Count > 0 ? [.. decisions] : [new Microsoft.SemanticKernel.TextContent($"Question {turn}?")]));
                updates.Clear();
                var exception = await Record.ExceptionAsync(async () =>
                {
                    await foreach (var update in chat.GetStreamingChatMessageContentsAsync(history, settings, kernel))
                    {
                        updates.Add(update);
                    }
                });
                history.AddAssistantMessage(string.Concat(updates.Select(update => update.Content)));

                AssertUnchanged(agent, exception, $"round {round}, turn {turn}");
            }
        }
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2", false, false)]
    [InlineData("system.ai.gpt-5-2", true, true)]
    [InlineData("system.ai.claude-sonnet-4-5", true, false)]
    [InlineData("system.ai.gemini-pro", false, true)]
    public async Task Items_go_back_through_a_session_of_the_Agent_Framework(string model, bool isStream, bool isStored)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var service = new RandomAgent(Seed + round, hasApprovals: true) { KeepsDecisions = false };
            AIAgent agent = service.Client().GetChatClient(model).AsAIAgent(
                name: "Planner", tools: [AIFunctionFactory.Create((string q) => $"about {q}", "look")]);
            var session = await agent.CreateSessionAsync();
            ChatMessage question = new(ChatRole.User, "Question 0?");
            for (var turn = 0; turn < Turns; turn++)
            {
                session = isStored ? await agent.DeserializeSessionAsync(await agent.SerializeSessionAsync(session)) : session;
                AgentResponse? response = null;
                var exception = await Record.ExceptionAsync(async () => response = isStream
                    ? await agent.RunStreamingAsync(question, session).ToAgentResponseAsync()
                    : await agent.RunAsync(question, session));

                AssertUnchanged(service, exception, $"round {round}, turn {turn}");
                var approvals = response!.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>()
                    .Select(request => request.CreateResponse(turn % 2 == 0)).ToList<AIContent>();
                question = approvals.Count > 0 ? new(ChatRole.User, approvals) : new(ChatRole.User, $"Question {turn + 1}?");
            }
        }
    }

    private static Microsoft.SemanticKernel.TextContent Decision(object? requestId, bool isApproved) => new()
    {
        Metadata = new Dictionary<string, object?> { ["ApprovalRequestId"] = requestId, ["Approved"] = isApproved },
    };

    private static void AssertUnchanged(RandomAgent agent, Exception? exception, string where)
    {
        Assert.True(agent.Failures.Count == 0, $"{where}: {string.Join('\n', agent.Failures)}");
        Assert.True(exception is null, $"{where}: {exception}");
    }
}
