using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Makes turns of messages: function invocation splits the reasoning and the calls of one turn into several messages, and the service
/// expects one message per turn. A turn of reasoning or white space alone is dropped, because it is an empty message, which is rejected.
/// </summary>
internal static class ConversationTurns
{
    /// <summary>Between texts that were messages of their own.</summary>
    private const string Separator = "\n\n";

    public static IReadOnlyList<ChatMessage> Join(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        var joinsUsers = ConversationRules.Of(request.Model).AlternatesRoles;
        if (AreTurns(messages, joinsUsers))
        {
            return messages;
        }

        var turns = WithoutEmptyTurns(request, Joined(request, messages, ChatRole.Assistant));
        return joinsUsers ? Joined(request, turns, ChatRole.User) : turns;
    }

    private static bool AreTurns(IReadOnlyList<ChatMessage> messages, bool joinsUsers)
    {
        ChatMessage? last = null;
        for (var i = 0; i < messages.Count; i++)
        {
            // Null is rejected when it is written.
            if (messages[i] is not { } message)
            {
                return true;
            }

            if (ConversationFacts.IsSystem(message) || !ConversationFacts.HasContent(message))
            {
                continue;
            }

            if ((message.Role == ChatRole.Assistant || (joinsUsers && message.Role == ChatRole.User)) &&
                (IsEmptyTurn(message) || (last is not null && CanJoin(last, message))))
            {
                return false;
            }

            last = message;
        }

        return true;
    }

    // System messages are moved to the front, so they do not separate turns.
    private static List<ChatMessage> Joined(ChatRequest request, IReadOnlyList<ChatMessage> messages, ChatRole role)
    {
        var joined = new List<ChatMessage>(messages.Count);
        var last = -1;
        foreach (var message in messages)
        {
            if (ConversationFacts.IsSystem(message))
            {
                joined.Add(message);
            }
            else if (ConversationFacts.HasContent(message))
            {
                if (last >= 0 && message.Role == role && CanJoin(joined[last], message))
                {
                    joined[last] = Joined(request, joined[last], message);
                    continue;
                }

                last = joined.Count;
                joined.Add(message);
            }
        }

        return joined;
    }

    private static List<ChatMessage> WithoutEmptyTurns(ChatRequest request, List<ChatMessage> messages)
    {
        var removed = 0;
        var hasReasoning = false;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (IsEmptyTurn(messages[i]) && !(request.UsesResponses && i > 0 && ContinuesResponse(messages[i - 1], messages[i])))
            {
                hasReasoning |= ConversationFacts.Has<TextReasoningContent>(messages[i]);
                messages.RemoveAt(i);
                removed++;
            }
        }

        if (removed > 0)
        {
            request.Note(
                hasReasoning ? "messages.reasoning" : "messages.content",
                hasReasoning ? "a turn with reasoning only left out" : "a turn with white space only left out",
                "a message of the assistant needs text or a tool call");
        }

        return messages;
    }

    // The response of an agent may be several messages, and its last item may be reasoning.
    private static bool ContinuesResponse(ChatMessage first, ChatMessage second) =>
        StoredOf(first) is { } before && StoredOf(second) is { } after &&
        before.ResponseId == after.ResponseId && before.Origin == after.Origin;

    private static StoredItem? StoredOf(ChatMessage message)
    {
        for (var i = message.Contents.Count - 1; i >= 0; i--)
        {
            if (StoredItem.In(message.Contents[i]) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    // Results belong to the calls before them, and are written first.
    private static bool CanJoin(ChatMessage last, ChatMessage message) =>
        last.Role == message.Role && !ConversationFacts.Has<FunctionResultContent>(message) &&
        (message.Role == ChatRole.User || !ConversationFacts.Has<FunctionResultContent>(last));

    private static ChatMessage Joined(ChatRequest request, ChatMessage first, ChatMessage second)
    {
        List<AIContent> contents = [.. first.Contents.Where(IsKept)];
        var boundary = contents.Count;
        contents.AddRange(second.Contents.Where(IsKept));
        KeepMark(first, contents, boundary - 1);
        var isOneMessage = first.MessageId is not null && first.MessageId == second.MessageId;
        var (before, after) = (contents.FindLastIndex(boundary - 1, IsSaid), contents.FindIndex(boundary, IsSaid));
        if (!isOneMessage && before >= 0 && after >= 0 && TextOf(contents[before]) is { } said && TextOf(contents[after]) is { } next)
        {
            contents[before] = new TextContent(said + Separator + next);
            contents.RemoveAt(after);
        }

        var turn = first.With(contents);
        turn.AdditionalProperties = second.AdditionalProperties;
        return turn;

        // Of an output item with several parts, the last reasoning has the item.
        bool IsKept(AIContent content) => ContentRules.IsSent(content) || (request.UsesResponses && content is TextReasoningContent);
    }

    // The cache control of a message belongs to its last content.
    private static void KeepMark(ChatMessage message, List<AIContent> contents, int last)
    {
        if (message.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.CacheControl, out var mark) is true &&
            contents[last] is TextContent { AdditionalProperties: null } text)
        {
            contents[last] = new TextContent(text.Text) { AdditionalProperties = new() { [DatabricksPropertyNames.CacheControl] = mark } };
        }
    }

    // Calls have a separate member in the message.
    private static bool IsSaid(AIContent content) => content is not (FunctionCallContent or FunctionResultContent);

    // Text with properties, such as cache control, stays a part of its own.
    private static string? TextOf(AIContent content) => content switch
    {
        TextContent { AdditionalProperties: null } text => text.Text,
        ErrorContent { AdditionalProperties: null } error => error.Message,
        _ => null,
    };

    private static bool IsEmptyTurn(ChatMessage message)
    {
        if (message.Role != ChatRole.Assistant)
        {
            return false;
        }

        var isEmpty = false;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (ContentRules.IsSent(message.Contents[i]))
            {
                isEmpty = message.Contents[i] is TextReasoningContent ||
                    (message.Contents[i] is TextContent text && string.IsNullOrWhiteSpace(text.Text));
                if (!isEmpty)
                {
                    break;
                }
            }
        }

        return isEmpty;
    }
}
