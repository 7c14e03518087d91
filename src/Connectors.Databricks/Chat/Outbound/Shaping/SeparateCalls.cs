using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound.Shaping;

/// <summary>
/// Writes a turn of several calls as several turns of one, each with its result behind it, for models that take one call in a turn
/// ([issue litellm#31633]). Nothing is lost: the model reads that it called one tool after the other.
/// </summary>
internal static class SeparateCalls
{
    public static IReadOnlyList<ChatMessage> Split(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (request.Model.Tools.AcceptsSeveralCalls || !messages.Any(HasSeveral))
        {
            return messages;
        }

        var turns = new List<ChatMessage>(messages.Count + 2);
        for (var i = 0; i < messages.Count; i++)
        {
            if (!HasSeveral(messages[i]))
            {
                turns.Add(messages[i]);
                continue;
            }

            var results = new List<ChatMessage>();
            while (i + 1 < messages.Count && messages[i + 1]?.Role == ChatRole.Tool)
            {
                results.Add(messages[++i]);
            }

            AddTurns(turns, messages[i - results.Count], results);
        }

        request.Note("tool_calls", "several calls of one turn written one after the other");
        return turns;
    }

    private static bool HasSeveral(ChatMessage? message) =>
        message?.Role == ChatRole.Assistant && message.Contents.Count(content => content is FunctionCallContent) > 1;

    private static void AddTurns(List<ChatMessage> turns, ChatMessage message, List<ChatMessage> results)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var rest = results.SelectMany(result => result.Contents).ToList();
        for (var i = 0; i < calls.Count; i++)
        {
            List<AIContent> said = i == 0 ? [.. message.Contents.Where(content => content is not FunctionCallContent)] : [];
            turns.Add(message.With([.. said, calls[i]]));
            var own = rest.Where(content => content is FunctionResultContent result && result.CallId == calls[i].CallId).ToList();
            if (own.Count > 0)
            {
                turns.Add(new ChatMessage(ChatRole.Tool, own));
                rest.RemoveAll(own.Contains);
            }
        }

        if (rest.Count > 0)
        {
            turns.Add(new ChatMessage(ChatRole.Tool, rest));
        }
    }
}
