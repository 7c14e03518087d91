using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Converts values to UTF-8, and concatenates lists.</summary>
internal static class JsonMarshalling
{
    public static ReadOnlyMemory<byte> Utf8(JsonElement value)
    {
        using var buffer = new SegmentedBuffer();
        using var writer = JsonWriting.CreateWriter(buffer);
        value.WriteTo(writer);
        writer.Flush();
        return buffer.Contiguous().ToArray();
    }

    /// <summary>Returns a single value unchanged, or the concatenation of several lists.</summary>
    public static ReadOnlyMemory<byte> Joined(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        using var buffer = new SegmentedBuffer();
        using var writer = JsonWriting.CreateWriter(buffer);
        writer.WriteStartArray();
        var items = ItemBudget.ForBoundedDocument();
        foreach (var part in parts)
        {
            var reader = new Utf8JsonReader(part.Span);
            reader.Read();
            while (reader.NextItem(items))
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                writer.WriteRawValue(part.Span[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.Contiguous().ToArray();
    }
}
