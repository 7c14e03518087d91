using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Summarizes a conversation by the topics of its user messages.</summary>
internal static partial class ConversationSummary
{
    private const int MaxTopics = 5;

    /// <returns>Null when the last message does not request a summary of the conversation.</returns>
    public static string? Answer(ChatRequest request)
    {
        List<string> prompts = [.. request.Turns.Where(turn => turn.Role == "user").Select(turn => turn.Text)];
        if (prompts.Count == 0 || !Request().IsMatch(prompts[^1]))
        {
            return null;
        }

        var earlier = prompts.SkipLast(1).ToList();
        var named = earlier.Select(PromptTopic.Of).Where(topic => topic != PromptTopic.Unnamed);
        List<string> topics = [.. named.Distinct().TakeLast(MaxTopics)];
        return earlier.Count == 0 ? "This is the first message of our conversation."
            : $"So far you wrote {Count(earlier.Count)}{(topics.Count == 0 ? "" : $", about {Enumerate(topics)}")}.";
    }

    private static string Count(int messages) => messages == 1 ? "one message" : $"{messages} messages";

    private static string Enumerate(List<string> items) =>
        items.Count == 1 ? items[0] : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}";

    [GeneratedRegex(
        @"^\s*(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:summari[sz]e|sum\s+up|recap)\s+(?:our|the|this)\s+"
        + @"(?:conversation|chat|discussion)\b[^:]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Request();
}
