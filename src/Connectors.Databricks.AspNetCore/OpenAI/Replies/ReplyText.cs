using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>
/// Agents respond with several messages, and OpenAI clients read one: their texts are separated by an empty line, whole and streamed alike.
/// </summary>
internal struct ReplyText
{
    public const string Separator = "\n\n";

    private string? _messageId;
    private bool _hasText;

    /// <summary>Whether a separator precedes a text of this message.</summary>
    public bool StartsNext(string? messageId, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        var isNext = _hasText && messageId is not null && messageId != _messageId;
        _messageId = messageId ?? _messageId;
        _hasText = true;
        return isNext;
    }

    /// <summary>Calls of tools that an agent runs itself are not for the client.</summary>
    public static bool IsForClient(FunctionCallContent call) => !call.InformationalOnly;
}
