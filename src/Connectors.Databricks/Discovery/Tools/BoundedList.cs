using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>Writes a list that is truncated before it gets too long, and the number of items.</summary>
internal static class BoundedList
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

            var itemLength = Encoding.UTF8.GetCharCount(buffer.WrittenSpan) + 1;
            if (length + itemLength <= maxLength)
            {
                writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
                written++;
                length += itemLength;
                continue;
            }

            if (written == 0)
            {
                CappedJson.Fit(ToolJson.Parse(buffer.WrittenMemory), maxLength).WriteTo(writer);
                written++;
            }

            break;
        }

        writer.WriteEndArray();
        return written;
    }
}
