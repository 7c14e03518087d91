using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>Writes one part of the content of a user: text or an image. The API takes no audio, video or files.</summary>
internal static class InputPartToWire
{
    public static void Write(Utf8JsonWriter writer, AIContent content, string place)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(writer, text.Text);
                break;
            case DataContent data when IsImage(data.MediaType):
                BeginImage(writer, data);
                DataUriToWire.WriteStringValue(writer, data.MediaType, data.Data.Span);
                writer.WriteEndObject();
                break;
            case UriContent uri when IsImage(uri.MediaType):
                BeginImage(writer, uri);
                writer.WriteStringValue(uri.Uri.OriginalString);
                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException(
                    $"{ContentRules.Named(content)} in {place} cannot be sent: the Responses API of Databricks takes text and images. " +
                    "Remove it, or use chat completions (DatabricksChatOptions.Api).");
        }
    }

    public static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "input_text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static bool IsImage(string mediaType) => mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    private static void BeginImage(Utf8JsonWriter writer, AIContent content)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "input_image"u8);
        if (content.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ImageDetail, out var detail) is true &&
            detail?.ToString() is { Length: > 0 } word)
        {
            writer.WriteString("detail"u8, word);
        }

        writer.WritePropertyName("image_url"u8);
    }
}
