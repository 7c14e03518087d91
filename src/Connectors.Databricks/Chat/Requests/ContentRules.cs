using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>Which contents a chat request can carry (serving reference §3.4).</summary>
internal static class ContentRules
{
    private const string Pdf = "application/pdf";

    public static bool IsSupported(AIContent content) => content switch
    {
        TextContent => true,
        DataContent data => PartType(data.MediaType) is not null,
        UriContent uri => PartType(uri.MediaType) is not null,
        _ => false,
    };

    /// <summary>Whether the API of a request has a part for a content: Responses has text and images alone.</summary>
    public static bool IsSupported(ChatRequest request, AIContent content) => IsSupported(content) && (!request.UsesResponses ||
        content is TextContent || (content as DataContent)?.HasTopLevelMediaType("image") is true ||
        (content as UriContent)?.HasTopLevelMediaType("image") is true);

    /// <summary>Returns the type of the part for media, or null when the media type is not supported.</summary>
    public static string? PartType(string mediaType) => mediaType switch
    {
        _ when mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) => "image_url",
        _ when mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) => "audio_url",
        _ when mediaType.StartsWith("video/", StringComparison.OrdinalIgnoreCase) => "video_url",
        _ when mediaType.Equals(Pdf, StringComparison.OrdinalIgnoreCase) => "file",
        _ => null,
    };

    /// <summary>
    /// Whether a content is skipped: empty text, token counts, and approvals that were processed, which function-invoking clients leave in
    /// the history next to the call and its result. An approval that was not processed is rejected instead.
    /// </summary>
    public static bool IsSkipped(AIContent content) => content is
        TextContent { Text.Length: 0 } or UsageContent or
        ToolApprovalRequestContent { ToolCall: FunctionCallContent { InformationalOnly: true } } or
        ToolApprovalResponseContent { ToolCall: FunctionCallContent { InformationalOnly: true } };

    /// <summary>
    /// The part of an unknown kind that a content keeps, or null. A property of a conversation that was stored as JSON is an element.
    /// </summary>
    public static JsonElement? UnknownPart(AIContent? content) =>
        content?.GetType() == typeof(AIContent) &&
        content.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ContentPart, out var part) is true &&
        part is JsonElement { ValueKind: JsonValueKind.Object } element ? element : null;

    /// <summary>
    /// Whether anything of a content is sent: reasoning of another provider is not, nor is reasoning without text and signature.
    /// </summary>
    public static bool IsSent(AIContent? content) => content switch
    {
        null => true,
        TextReasoningContent reasoning => ProtectedReasoning.KindOf(reasoning.ProtectedData) is { } kind &&
            (reasoning.Text.Length > 0 || kind is ReasoningKind.Signed or ReasoningKind.Encrypted or ReasoningKind.Item),
        ErrorContent error => error.Message.Length > 0,
        _ => !IsSkipped(content),
    };

    public static NotSupportedException Unsupported(AIContent? content, string place) =>
        new(
            $"{Named(content)} in {place} cannot be sent: chat of Databricks Model Serving does not support it. " +
            "Remove it, or use text, an image, audio, video or a PDF.");

    /// <summary>The name of a content for messages.</summary>
    public static string Named(AIContent? content) => content switch
    {
        null => "A null content",
        DataContent data => $"DataContent of media type '{data.MediaType}'",
        UriContent uri => $"UriContent of media type '{uri.MediaType}'",
        _ when content.GetType() == typeof(AIContent) && content.RawRepresentation is { } raw and not JsonElement => raw.GetType().Name,
        _ => content.GetType().Name,
    };
}
