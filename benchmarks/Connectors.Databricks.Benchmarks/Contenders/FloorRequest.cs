using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// Writes the same request as the connector, headers and body, by the shortest way: no checks, and only the contents that the benchmarks
/// use.
/// </summary>
internal static class FloorRequest
{
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>
    /// The headers that the service requires, a token, and the headers that the connector sends: the user agent and the accepted formats.
    /// </summary>
    public static void AddHeaders(HttpRequestMessage request, string accept)
    {
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer dapi-benchmark");
        request.Headers.TryAddWithoutValidation(
            "User-Agent", "Connectors.Databricks.Benchmarks/1.0.0 MEAI/10.11.0 dotnet/10.0.12 os/linux auth/pat");
        request.Headers.TryAddWithoutValidation("Accept", accept);
    }

    public static ReadOnlyMemoryContent Content(List<ChatMessage> messages, ChatOptions? options, bool isStream)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages"u8);
            foreach (var message in messages)
            {
                WriteMessage(writer, message);
            }

            writer.WriteEndArray();
            if (options?.Tools is { } tools)
            {
                WriteTools(writer, tools);
            }

            if (isStream)
            {
                writer.WriteBoolean("stream"u8, true);
                writer.WriteStartObject("stream_options"u8);
                writer.WriteBoolean("include_usage"u8, true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Content(buffer.WrittenMemory);
    }

    public static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        return content;
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role.Value);
        switch (message.Contents[0])
        {
            case FunctionCallContent call:
                WriteCall(writer, call);
                break;
            case FunctionResultContent result:
                writer.WriteString("tool_call_id"u8, result.CallId);
                writer.WriteString("content"u8, (string)result.Result!);
                break;
            default:
                WriteContent(writer, message.Contents);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, IList<AIContent> contents)
    {
        if (contents.Count == 1)
        {
            writer.WriteString("content"u8, ((TextContent)contents[0]).Text);
            return;
        }

        var image = (DataContent)contents[1];
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, ((TextContent)contents[0]).Text);
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, DataUri(image));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    // One text as UTF-8 bytes: the writer copies it into the body.
    private static byte[] DataUri(DataContent image)
    {
        var data = image.Data.Span;
        var start = Encoding.UTF8.GetBytes($"data:{image.MediaType};base64,");
        var uri = new byte[start.Length + Base64.GetMaxEncodedToUtf8Length(data.Length)];
        start.CopyTo(uri, 0);
        Base64.EncodeToUtf8(data, uri.AsSpan(start.Length), out _, out _);
        return uri;
    }

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteNull("content"u8);
        writer.WriteStartArray("tool_calls"u8);
        writer.WriteStartObject();
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, call.Name);
        writer.WriteString("arguments"u8, Arguments(call).WrittenSpan);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static ArrayBufferWriter<byte> Arguments(FunctionCallContent call)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        foreach (var (name, value) in call.Arguments!)
        {
            writer.WritePropertyName(name);
            if (value is string text)
            {
                writer.WriteStringValue(text);
            }
            else
            {
                writer.WriteNumberValue((int)value!);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    private static void WriteTools(Utf8JsonWriter writer, IList<AITool> tools)
    {
        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            var function = (AIFunctionDeclaration)tool;
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, function.Name);
            writer.WriteString("description"u8, function.Description);
            writer.WritePropertyName("parameters"u8);
            function.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
