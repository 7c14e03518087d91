using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes one part of an array content: text, image, audio, video or PDF (serving reference §3.4).</summary>
internal static class ContentPartToWire
{
    /// <summary>A file part requires a name, which contents may lack.</summary>
    private const string DefaultFileName = "document.pdf";

    public static void Write(Utf8JsonWriter writer, AIContent content, string place, CacheControl cacheControl = default)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(writer, text.Text, cacheControl);
                break;
            case DataContent data:
                WriteMedia(writer, data, data.MediaType, data.Name, place, cacheControl);
                break;
            case UriContent uri:
                WriteMedia(writer, uri, uri.MediaType, FileName(uri.Uri), place, cacheControl);
                break;
            default:
                throw ContentRules.Unsupported(content, place);
        }
    }

    public static void WriteText(Utf8JsonWriter writer, string text, CacheControl cacheControl = default)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        cacheControl.Write(writer);
        writer.WriteEndObject();
    }

    private static void WriteMedia(
        Utf8JsonWriter writer, AIContent content, string mediaType, string? name, string place, CacheControl cacheControl)
    {
        var type = ContentRules.PartType(mediaType) ?? throw ContentRules.Unsupported(content, place);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteStartObject(type);
        if (type == "file")
        {
            writer.WriteString("filename"u8, string.IsNullOrEmpty(name) ? DefaultFileName : name);
            writer.WritePropertyName("file_data"u8);
        }
        else
        {
            writer.WritePropertyName("url"u8);
        }

        WriteAddress(writer, content, mediaType);
        if (type == "image_url" && content.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ImageDetail, out var detail) is true &&
            detail?.ToString() is { Length: > 0 } word)
        {
            writer.WriteString("detail"u8, word);
        }

        writer.WriteEndObject();
        cacheControl.Write(writer);
        writer.WriteEndObject();
    }

    // A data URI has no path, only base64 data, which may contain slashes.
    private static string? FileName(Uri uri) =>
        uri.IsAbsoluteUri && uri.Scheme != "data" ? Path.GetFileName(Uri.UnescapeDataString(uri.AbsolutePath)) : null;

    private static void WriteAddress(Utf8JsonWriter writer, AIContent content, string mediaType)
    {
        if (content is UriContent uri)
        {
            writer.WriteStringValue(uri.Uri.OriginalString);
        }
        else
        {
            DataUriToWire.WriteStringValue(writer, mediaType, ((DataContent)content).Data.Span);
        }
    }
}
