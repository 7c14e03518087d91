using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Json;

/// <summary>Writes JSON on one line without escaping non-ASCII characters, as the service does.</summary>
internal static class CompactJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    public static string Write(JsonNode? node) => Write(node, Compact);

    /// <summary>For error documents that the service carries, line breaks included, inside a string (unnamed public capture).</summary>
    public static string WriteIndented(JsonNode? node) => Write(node, Indented);

    private static string Write(JsonNode? node, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
