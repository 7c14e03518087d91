using Connectors.Databricks.Chat.Completions.Requests;
using Connectors.Databricks.Models.Corrections;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Shaping;

/// <summary>
/// Replaces media that the model does not support by a text note, when the caller opted in.
/// </summary>
internal static class UnsupportedMedia
{
    public static IReadOnlyList<ChatMessage> Replace(ChatRequest request, IReadOnlyList<ChatMessage> messages) =>
        request.ReplacesMedia && request.Model.InputModalities.Count > 0 ? ReplaceAll(request, messages) : messages;

    private static IReadOnlyList<ChatMessage> ReplaceAll(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage>? copy = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && message.Contents.Any(content => HasUnsupported(request, content)))
            {
                copy = copy.Replaced(messages, i, message.With([.. message.Contents.Select(content => Replaced(request, content))]));
            }
        }

        return copy ?? messages;
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
        kind = Kind((content as DataContent)?.MediaType ?? (content as UriContent)?.MediaType);
        return kind is not null && !request.Model.InputModalities.Contains(kind);
    }

    private static string? Kind(string? mediaType) => mediaType?.Split('/')[0].ToLowerInvariant() switch
    {
        null => null,
        "image" or "audio" or "video" => mediaType.Split('/')[0].ToLowerInvariant(),
        _ => mediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) ? "file" : null,
    };
}
