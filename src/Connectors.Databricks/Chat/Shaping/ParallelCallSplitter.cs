using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Splits a turn with parallel tool calls into one turn per call, each followed by its result, for models without parallel tool calls
/// ([issue litellm#31633]). No content is lost: the model receives sequential calls.
/// </summary>
internal static class ParallelCallSplitter
{
    public static IReadOnlyList<ChatMessage> Split(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (request.Model.Tools.SupportsParallelCalls || !messages.Any(HasSeveral))
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

            var results = messages[i].Contents.Where(IsResult).ToList();
            var message = messages[i];
            ChatMessage? rest = null;
            while (rest is null && i + 1 < messages.Count && HasResults(messages[i + 1]))
            {
                rest = TakeResults(messages[++i], results);
            }

            AddTurns(turns, message, results);
            if (rest is not null)
            {
                turns.Add(rest);
            }
        }

        request.Note("tool_calls", "parallel calls of one turn split into sequential turns");
        return turns;
    }

    private static bool HasSeveral(ChatMessage? message) =>
        message?.Role == ChatRole.Assistant && message.Contents.Count(content => content is FunctionCallContent) > 1;

    private static bool HasResults(ChatMessage? message) =>
        message is not null && message.Role != ChatRole.Assistant && (message.Role == ChatRole.Tool || message.Contents.Any(IsResult));

    private static bool IsResult(AIContent content) => content is FunctionResultContent;

    /// <returns>A message with the other contents, or null when there are none.</returns>
    private static ChatMessage? TakeResults(ChatMessage message, List<AIContent> results)
    {
        results.AddRange(message.Contents.Where(IsResult));
        var others = message.Contents.Where(content => !IsResult(content) && !ContentRules.IsSkipped(content)).ToList();
        return others.Count > 0 ? message.With(others) : null;
    }

    private static void AddTurns(List<ChatMessage> turns, ChatMessage message, List<AIContent> results)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var said = message.Contents.Where(content => content is not FunctionCallContent && !IsResult(content)).ToList();
        for (var i = 0; i < calls.Count; i++)
        {
            turns.Add(message.With(i == 0 ? [.. said, calls[i]] : [calls[i]]));
            var own = results.Where(content => ((FunctionResultContent)content).CallId == calls[i].CallId).ToList();

            // Of calls with one id, each has one result, in their order.
            own = calls.Skip(i + 1).Any(call => call.CallId == calls[i].CallId) ? [.. own.Take(1)] : own;
            if (own.Count > 0)
            {
                turns.Add(new ChatMessage(ChatRole.Tool, own));
                results.RemoveAll(own.Contains);
            }
        }

        if (results.Count > 0)
        {
            turns.Add(new ChatMessage(ChatRole.Tool, results));
        }
    }
}
