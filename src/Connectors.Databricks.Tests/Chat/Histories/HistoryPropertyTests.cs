using System.Text.Json;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Histories;

/// <summary>
/// Every history is a valid conversation for every family, live and out of storage, streaming and not. Seeded, to repeat a failure.
/// </summary>
public class HistoryPropertyTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);

    private static readonly int Rounds = Math.Max(600, FuzzRun.Inputs / 10);

    public static TheoryData<string, string, bool> Endpoints => new()
    {
        { "databricks-claude-sonnet-4-5", "claude", true },
        { "databricks-claude-opus-4-8", "claude", false },
        { "databricks-gpt-5-2", "openai", true },
        { "databricks-gemini-3-5-flash", "gemini", false },
        { "databricks-meta-llama-3-3-70b-instruct", "native", true },
        { "databricks-gpt-oss-120b", "gpt-oss", true },
        { "databricks-kimi-k3", "native", true },
        { "databricks-inkling", "native", true },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_history_of_any_parts_in_any_split_is_a_valid_conversation(string endpoint, string family, bool hasPrefill)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var history = new RandomHistory(new Random(Seed + round), endpoint, family).Messages();
            if (round % 5 == 0 && hasPrefill)
            {
                history.Add(new ChatMessage(ChatRole.Assistant, "The answer is"));
            }

            var before = history.Select(message => message.Contents.ToList()).ToList();
            var body = await Sent(endpoint, history, round % 2 == 0, $"round {round}");

            using var document = JsonDocument.Parse(body);
            var violations = ConversationChecker.Check(family, hasPrefill, document.RootElement.GetProperty("messages"));
            Assert.True(violations.Count == 0, $"Round {round}: {string.Join("; ", violations)}\n{body}");
            Assert.Equal(before, history.Select(message => message.Contents.ToList()));
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task No_content_of_a_history_makes_a_later_turn_fail(string endpoint, string family, bool hasPrefill)
    {
        ChatRole[] roles = [ChatRole.Assistant, ChatRole.User, ChatRole.Tool];
        foreach (var (type, role) in OtherContents.Types.SelectMany(_ => roles, (type, role) => (type, role)))
        {
            if (role == ChatRole.Tool && type.IsAssignableTo(typeof(TextContent)))
            {
                // Text of a tool is a mistake of the caller, and rejected by name.
                continue;
            }

            ChatMessage message = new(role, [OtherContents.Of(type)]);
            foreach (var stored in (ChatMessage[])[message, RandomHistory.OutOfStorage(message)])
            {
                List<ChatMessage> history =
                    [new(ChatRole.User, "Hello?"), stored, new(ChatRole.Assistant, "Hello."), new(ChatRole.User, "And?")];
                if (role == ChatRole.Tool && type != typeof(FunctionResultContent) && OtherContents.Supported.Contains(type))
                {
                    continue;
                }

                var body = await Sent(endpoint, history, isStream: false, $"{type.Name} of {role}");

                using var document = JsonDocument.Parse(body);
                var violations = ConversationChecker.Check(family, hasPrefill, document.RootElement.GetProperty("messages"));
                Assert.True(violations.Count == 0, $"{type.Name} of {role}: {string.Join("; ", violations)}\n{body}");
            }
        }
    }

    private static async Task<string> Sent(string endpoint, List<ChatMessage> history, bool isStream, string where)
    {
        using var service = new VerbatimService();
        _ = isStream ? service.Streams(Exchange.Events("""{"choices":[{"delta":{"content":"Hi."},"finish_reason":"stop"}]}""", "[DONE]"))
            : service.Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(endpoint);
        try
        {
            if (isStream)
            {
                await chat.GetStreamingResponseAsync(history).ToChatResponseAsync();
            }
            else
            {
                await chat.GetResponseAsync(history);
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{where}: {exception.Message}", exception);
        }

        return Assert.Single(service.Sent).Body;
    }
}
