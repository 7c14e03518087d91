using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Requests;

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
    /// Whether a content is skipped: empty text, token counts, and approvals that were processed, which function-invoking clients leave in the
    /// history next to the call and its result. An approval that was not processed is rejected instead.
    /// </summary>
    public static bool IsSkipped(AIContent content) => content is
        TextContent { Text.Length: 0 } or UsageContent or
        ToolApprovalRequestContent { ToolCall: FunctionCallContent { InformationalOnly: true } } or
        ToolApprovalResponseContent { ToolCall: FunctionCallContent { InformationalOnly: true } };
}
