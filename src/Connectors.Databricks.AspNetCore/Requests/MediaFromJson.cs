using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Requests;

/// <summary>Reads images, audio and files of a message. An address is passed on to the model; nothing is downloaded here.</summary>
internal static class MediaFromJson
{
    public static AIContent Image(RequestValue address, string? detail)
    {
        AIContent content = Uri(address, "image/*");
        return detail is null or "auto" ? content : content.WithImageDetail(detail);
    }

    public static AIContent Audio(RequestValue audio)
    {
        var format = audio.AsObject().RequireText("format");
        return format is "wav" or "mp3" or "flac" or "ogg" or "opus" or "aac" or "m4a"
            ? Data(audio.Require("data"), $"audio/{(format == "mp3" ? "mpeg" : format)}")
            : throw audio.Require("format").NotSupported();
    }

    public static AIContent File(RequestValue file)
    {
        if (file.AsObject().Find("file_data") is not { } data)
        {
            // There is no store of files: a file_id has no meaning here.
            throw (file.Find("file_id") ?? file.Find("file_url") ?? file.Require("file_data")).NotSupported();
        }

        var content = data.AsText().StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? Uri(data, "application/pdf") as DataContent ?? throw data.NotSupported()
            : Data(data, "application/pdf");
        content.Name = file.Text("filename");
        return content;
    }

    private static AIContent Uri(RequestValue address, string mediaType)
    {
        var text = address.AsText();
        try
        {
            if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                return new DataContent(text);
            }
        }
        catch (Exception exception) when (exception is UriFormatException or FormatException or ArgumentException)
        {
            throw address.Expected("a data URL with base64 data");
        }

        return System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == "http")
            ? new UriContent(uri, mediaType)
            : throw address.Expected("an http or https URL, or a data URL");
    }

    private static DataContent Data(RequestValue data, string mediaType) =>
        data.IsText && data.Element.TryGetBytesFromBase64(out var bytes)
            ? new DataContent(bytes, mediaType)
            : throw data.Expected("base64 data");
}
