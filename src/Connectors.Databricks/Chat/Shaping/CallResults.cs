using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Places the result of each tool call immediately after the turn of the call, for models that require it: a call without a result gets a
/// placeholder result, a later result is moved, and a result without a call, as in a shortened history, is dropped ([issue
/// dotnet/extensions#6753], [issue BerriAI/litellm#31633]).
/// </summary>
internal static class CallResults
{
    /// <summary>The result of a call that was not executed, for the model to read.</summary>
    public const string Missing = "No result: the call was not executed.";

    private const string Field = "messages.tool_results";

    public static IReadOnlyList<ChatMessage> Pair(ChatRequest request, IReadOnlyList<ChatMessage> messages) =>
        !ConversationRules.Of(request.Model).PairsResults || ArePaired(messages) ? messages : PairAll(request, messages);

    private static bool ArePaired(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            // Null is rejected when it is written.
            if (messages[i] is not { } message)
            {
                return true;
            }

            var calls = message.Role == ChatRole.Assistant ? Count<FunctionCallContent>(message) : 0;
            if (Count<FunctionResultContent>(message) > 0)
            {
                return false;
            }

            if (calls > 0)
            {
                var (start, results) = (i + 1, 0);
                for (; i + 1 < messages.Count && messages[i + 1] is { } next && next.Role == ChatRole.Tool; i++)
                {
                    results += Count<FunctionResultContent>(next);
                }

                if (results != calls || !AreAnswered(message, messages, start, i))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool AreAnswered(ChatMessage message, IReadOnlyList<ChatMessage> messages, int start, int end)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is FunctionCallContent call && CountResults(call.CallId, messages, start, end) != 1)
            {
                return false;
            }
        }

        return true;
    }

    private static int CountResults(string callId, IReadOnlyList<ChatMessage> messages, int start, int end)
    {
        var count = 0;
        for (var i = start; i <= end; i++)
        {
            var contents = messages[i].Contents;
            for (var j = 0; j < contents.Count; j++)
            {
                count += contents[j] is FunctionResultContent result && result.CallId == callId ? 1 : 0;
            }
        }

        return count;
    }

    private static int Count<T>(ChatMessage message)
    {
        var count = 0;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            count += message.Contents[i] is T ? 1 : 0;
        }

        return count;
    }

    private static List<ChatMessage> PairAll(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        // By id, in order: a result belongs to the last call of its id that precedes it and has none yet.
        var waiting = new Dictionary<string, Queue<List<AIContent>>>(StringComparer.Ordinal);
        var turns = new List<ChatMessage>(messages.Count);
        var missing = new List<(FunctionCallContent Call, List<AIContent> Slot)>();
        var hasOrphans = false;
        foreach (var message in messages)
        {
            var others = message.Contents.Where(content => content is not FunctionResultContent).ToList();
            if (others.Exists(ContentRules.IsSent))
            {
                turns.Add(others.Count == message.Contents.Count ? message : message.With(others));
            }

            if (message.Role == ChatRole.Assistant && others.OfType<FunctionCallContent>().ToList() is { Count: > 0 } calls)
            {
                AddSlots(turns, calls, waiting, missing);
            }

            foreach (var result in message.Contents.OfType<FunctionResultContent>())
            {
                if (waiting.TryGetValue(result.CallId, out var slots) && slots.TryDequeue(out var slot))
                {
                    slot.Add(result);
                }
                else
                {
                    hasOrphans = true;
                }
            }
        }

        Complete(request, turns, missing, hasOrphans);
        return turns;
    }

    private static void AddSlots(
        List<ChatMessage> turns, List<FunctionCallContent> calls, Dictionary<string, Queue<List<AIContent>>> waiting,
        List<(FunctionCallContent Call, List<AIContent> Slot)> missing)
    {
        foreach (var call in calls)
        {
            var slot = new List<AIContent>(1);
            missing.Add((call, slot));
            turns.Add(new ChatMessage(ChatRole.Tool, slot));
            if (!waiting.TryGetValue(call.CallId, out var slots))
            {
                waiting[call.CallId] = slots = new();
            }

            slots.Enqueue(slot);
        }
    }

    private static void Complete(
        ChatRequest request, List<ChatMessage> turns, List<(FunctionCallContent Call, List<AIContent> Slot)> slots, bool hasOrphans)
    {
        var isAnyMissing = false;
        foreach (var (call, slot) in slots)
        {
            if (slot.Count == 0)
            {
                isAnyMissing = true;
                slot.Add(new FunctionResultContent(call.CallId, Missing));
            }
        }

        if (isAnyMissing)
        {
            request.Note(Field, "a result added to a call without one", "the model requires a result for each call", affectsAnswer: true);
        }

        if (hasOrphans)
        {
            request.Note(Field, "a result without a call left out", "the model requires a call for each result", affectsAnswer: true);
        }
    }
}
