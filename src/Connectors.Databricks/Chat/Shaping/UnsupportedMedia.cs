using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models.Corrections;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Replaces media that the model does not support by a text note, when the caller opted in. Without that, images of a type that the model
/// does not support are rejected by name in the current turn ([issue claude-code#7318]); in the history and in tool results they are
/// replaced, because they would make every later turn fail.
/// </summary>
internal static class UnsupportedMedia
{
    public static IReadOnlyList<ChatMessage> Replace(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (request.Model.SupportedImageTypes.Count == 0 && !(request.ReplacesMedia && request.Model.InputModalities.Count > 0))
        {
            return messages;
        }

        List<ChatMessage>? copy = null;
        var current = request.ReplacesMedia ? messages.Count : ConversationFacts.CurrentTurn(messages);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message || !AnyIn(request, message))
            {
                continue;
            }

            if (i >= current &&
                message.Contents.FirstOrDefault(content => IsUnsupported(request, content, out _)) is { } unsupported)
            {
                throw Rejected(request, message, unsupported);
            }

            copy = copy.Replaced(messages, i, message.With([.. message.Contents.Select(content => Replaced(request, content))]));
        }

        return copy ?? messages;
    }

    private static NotSupportedException Rejected(ChatRequest request, ChatMessage message, AIContent content) => new(
        $"{ContentRules.Named(content)} in a {message.Role.Value} message cannot be sent: {request.Model.Name} supports images of the " +
        $"types {string.Join(", ", request.Model.SupportedImageTypes)}. Convert the image, or set ReplaceUnsupportedMedia.");

    private static bool AnyIn(ChatRequest request, ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is DataContent or UriContent or FunctionResultContent && HasUnsupported(request, message.Contents[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static AIContent Replaced(ChatRequest request, AIContent content)
    {
        if (content is FunctionResultContent result && HasUnsupported(request, result))
        {
            return result.With([.. ResultContents.Of(result)!.Select(inner => Replaced(request, inner))]);
        }

        if (!IsUnsupported(request, content, out var kind))
        {
            return content;
        }

        request.Note($"messages.{kind}", "replaced by a note", request.Endpoint.Reason(ParameterCorrection.Media), affectsAnswer: true);
        return new TextContent($"[An '{kind}' content was removed here, because the model does not support it.]");
    }

    private static bool HasUnsupported(ChatRequest request, AIContent content) =>
        IsUnsupported(request, content, out _) ||
        (content is FunctionResultContent result && ResultContents.Of(result)?.Any(inner => IsUnsupported(request, inner, out _)) is true);

    private static bool IsUnsupported(ChatRequest request, AIContent content, out string? kind)
    {
        var type = (content as DataContent)?.MediaType ?? (content as UriContent)?.MediaType;
        kind = Kind(type);
        return kind is not null &&
            ((request.ReplacesMedia && request.Model.InputModalities.Count > 0 && !request.Model.InputModalities.Contains(kind)) ||
                (kind == "image" && !IsImageType(request.Model.SupportedImageTypes, type!)));
    }

    // A URL may be given as any image; so is it read from a response.
    private static bool IsImageType(IReadOnlyList<string> supported, string type) =>
        supported.Count == 0 || type == "image/*" || supported.Contains(type, StringComparer.OrdinalIgnoreCase) ||
        (type.Equals("image/jpg", StringComparison.OrdinalIgnoreCase) && supported.Contains("image/jpeg"));

    private static string? Kind(string? mediaType) => mediaType?.Split('/')[0].ToLowerInvariant() switch
    {
        null => null,
        "image" or "audio" or "video" => mediaType.Split('/')[0].ToLowerInvariant(),
        _ => mediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) ? "file" : null,
    };
}
