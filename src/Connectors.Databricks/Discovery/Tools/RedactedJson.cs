using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>
/// Removes secrets from the texts of a tool's result, which goes to a model: a service may repeat what it was sent in any of
/// them.
/// </summary>
internal static class RedactedJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The element itself when it contains no secret.</returns>
    public static JsonElement From(JsonElement element, Redaction redaction)
    {
        if (!TellsSecret(element, redaction))
        {
            return element;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            Write(writer, element, redaction);
        }

        return ToolJson.Parse(buffer.WrittenMemory);
    }

    private static bool TellsSecret(JsonElement element, Redaction redaction) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(
            member => redaction.Redact(member.Name) != member.Name || TellsSecret(member.Value, redaction)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => TellsSecret(item, redaction)),
        JsonValueKind.String => element.GetString() is { } text && redaction.Redact(text) != text,
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element, Redaction redaction)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(redaction.Redact(member.Name));
                    Write(writer, member.Value, redaction);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, redaction);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(redaction.Redact(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
