using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>What a conversation has, as far as rules for messages and options depend on it.</summary>
internal static class ConversationFacts
{
    private static readonly ChatRole Developer = new("developer");

    public static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;

    /// <summary>Whether a conversation has no other messages than system messages.</summary>
    public static bool HasOnlySystem(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message || !IsSystem(message))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether anything of a message is sent.</summary>
    public static bool HasContent(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (ContentRules.IsSent(message.Contents[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the model is to continue a response: the last message is text of the assistant, without a tool call.</summary>
    public static bool EndsWithAssistant(IReadOnlyList<ChatMessage> messages) =>
        Last(messages) is { } last && last.Role == ChatRole.Assistant &&
        !Has<FunctionCallContent>(last) && !Has<FunctionResultContent>(last);

    /// <summary>
    /// The turn of the assistant whose tool results end the conversation, or which is continued; null when the conversation ends with the
    /// user.
    /// </summary>
    public static ChatMessage? OpenTurn(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i] is { } message && HasContent(message) && !IsSystem(message))
            {
                if (message.Role == ChatRole.Assistant)
                {
                    return message;
                }

                if (message.Role != ChatRole.Tool)
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>The index of the first message behind the last one of the assistant or a tool.</summary>
    public static int CurrentTurn(IReadOnlyList<ChatMessage> messages)
    {
        var first = messages.Count;
        while (first > 0 && messages[first - 1]?.Role is var role && role != ChatRole.Assistant && role != ChatRole.Tool)
        {
            first--;
        }

        return first;
    }

    public static bool Has<T>(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is T)
            {
                return true;
            }
        }

        return false;
    }

    private static ChatMessage? Last(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i] is { } message && HasContent(message) && !IsSystem(message))
            {
                return message;
            }
        }

        return null;
    }
}
