using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.Json;

/// <summary>Writes one JSON document as the response.</summary>
internal static class JsonReply
{
    /// <summary>Text is escaped as JSON requires and not for HTML: the content type is JSON or an event stream.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The writers below are constant; the tests parse what they write.
        SkipValidation = true,
    };

    public static async Task SendAsync<TState>(
        HttpContext context, int status, TState state, Action<Utf8JsonWriter, TState> write, string contentType = "application/json")
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, WriterOptions))
        {
            write(writer, state);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Returns what is written as text, such as the data of an event.</summary>
    public static string Text<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer, state);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
