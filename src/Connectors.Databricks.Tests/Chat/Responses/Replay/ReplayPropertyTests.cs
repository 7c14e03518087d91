using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Responses.Middleware;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>
/// Conversations of ten turns with any items: each request sends them back byte for byte and in order, whatever the history went through.
/// </summary>
public class ReplayPropertyTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);
    private const int TurnCount = 10;
    private static readonly int Rounds = Math.Max(40, FuzzRun.Inputs / 250);

    [Theory]
    [InlineData("system.ai.gpt-5-2", false, false)]
    [InlineData("system.ai.gpt-5-2", true, true)]
    [InlineData("system.ai.claude-sonnet-4-5", true, false)]
    [InlineData("system.ai.claude-sonnet-4-5", false, true)]
    [InlineData("system.ai.gemini-pro", false, true)]
    [InlineData("system.ai.gemini-pro", true, false)]
    [InlineData("main.default.some-model", true, true)]
    [InlineData("databricks-gpt-5-2", false, false)]
    [InlineData("databricks-gpt-5-2", true, true)]
    public async Task Items_go_back_through_function_invocation(string model, bool isStream, bool isStored)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var agent = new RandomAgent(Seed + round, hasApprovals: true)
            {
                IsServingEndpoint = !model.Contains('.', StringComparison.Ordinal),
            };
            using var chat = agent.Client().GetChatClient(model).AsBuilder().UseFunctionInvocation().Build();
            List<ChatMessage> history = [];

            await ConverseAsync(agent, chat, history, isStream, isStored, $"round {round}");
        }
    }

    [Theory]
    [InlineData("main.default.other-model", DatabricksChatApi.Responses, false)]
    [InlineData("main.default.other-model", DatabricksChatApi.Responses, true)]
    [InlineData("main.default.other-model", DatabricksChatApi.ChatCompletions, false)]
    [InlineData("main.default.other-model", DatabricksChatApi.ChatCompletions, true)]
    [InlineData("main.default.some-model", DatabricksChatApi.ChatCompletions, true)]
    public async Task A_history_that_moves_loses_only_what_is_bound_to_its_model(string next, DatabricksChatApi api, bool isStream)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var agent = new RandomAgent(Seed + round, hasApprovals: true);
            using var chat = agent.Client().GetChatClient("main.default.some-model").AsBuilder().UseFunctionInvocation().Build();
            List<ChatMessage> history = [];
            await ConverseAsync(agent, chat, history, isStream, isStored: false, $"round {round}", turns: 3);
            history.Add(new(ChatRole.User, "And now?"));

            var service = new VerbatimService().Answers(api == DatabricksChatApi.Responses
                ? """{"output":[{"type":"message","role":"assistant","content":"Hi."}]}"""
                : Some.ChatBody);
            await service.Client(options => options.Chat.Api = api).GetChatClient(next).GetResponseAsync(history);

            var body = service.Sent.Single().Body;
            var before = Said.InItems(agent.Conversation.Select(item => JsonNode.Parse(item)!));
            var sent = JsonNode.Parse(body)!;
            before = before with { Texts = before.Texts + "Andnow?" };
            var after = api == DatabricksChatApi.Responses
                ? Said.InItems(sent["input"]!.AsArray()!)
                : Said.InMessages(sent["messages"]!.AsArray()!);
            if (api == DatabricksChatApi.ChatCompletions)
            {
                // They have all calls of a turn at its end.
                (before, after) = (before.Sorted(), after.Sorted());
            }

            Assert.Equal(before.Texts, after.Texts);
            Assert.Equal(before.Calls, after.Calls);
            Assert.Equal(before.Results, after.Results);
            Assert.DoesNotContain("encrypted_content", body, StringComparison.Ordinal);
            Assert.Equal(
                [],
                (sent["input"]?.AsArray() ?? []).Select(item => (string?)item!["type"])
                    .Except(["message", "function_call", "function_call_output"]));
        }
    }

    private static async Task ConverseAsync(
        RandomAgent agent, IChatClient chat, List<ChatMessage> history, bool isStream, bool isStored, string where, int turns = TurnCount)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            var approvals = history.Count == 0 ? [] :
                history[^1].Contents.OfType<ToolApprovalRequestContent>().Select(request => request.CreateResponse(turn % 2 == 0)).ToList();
            history.Add(new(ChatRole.User, approvals.Count > 0 ? [.. approvals] : [new TextContent($"Question {turn}?")]));
            if (isStored)
            {
                var stored = StoredHistory.Of(history);
                history.Clear();
                history.AddRange(stored);
            }

            var exception = await Record.ExceptionAsync(() => chat.TurnAsync(history, Options(), isStream));
            Assert.True(agent.Failures.Count == 0, $"{where}, turn {turn}: {string.Join('\n', agent.Failures)}");
            Assert.True(exception is null, $"{where}, turn {turn}: {exception}");
        }
    }

    private static ChatOptions Options() => new()
    {
        Tools =
        [
            AIFunctionFactory.Create((string q) => $"about {q}", "look"),
            AIFunctionFactory.Create(() => "noon", "now"),
        ],
    };
}
