using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary>Writes a list whose items stop before it gets too long, and says how many there are.</summary>
internal static class EntryList
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many items were written.</returns>
    public static int Write<T>(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T> items, int maxLength, Action<Utf8JsonWriter, T> write)
    {
        var length = 0;
        var written = 0;
        var buffer = new ArrayBufferWriter<byte>();
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            buffer.ResetWrittenCount();
            using (var itemWriter = new Utf8JsonWriter(buffer, Readable))
            {
                itemWriter.WriteStartObject();
                write(itemWriter, item);
                itemWriter.WriteEndObject();
            }

            length += buffer.WrittenCount + 1;
            if (length > maxLength && written > 0)
            {
                break;
            }

            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
            written++;
        }

        writer.WriteEndArray();
        return written;
    }
}
