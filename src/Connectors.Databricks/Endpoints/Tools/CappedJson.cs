using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary>Makes a result short enough for a model: first long lists and texts are cut, then shorter ones, and it says so.</summary>
internal static class CappedJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (int Items, int Characters)[] Cuts = [(200, 500), (80, 300), (30, 200), (10, 120), (3, 80), (1, 40), (0, 20)];

    /// <param name="result">An object.</param>
    /// <param name="maxLength">How many characters it may have.</param>
    public static JsonElement Of(JsonElement result, int maxLength)
    {
        var capped = result;
        for (var i = 0; i < Cuts.Length && capped.GetRawText().Length > maxLength; i++)
        {
            capped = Cut(result, Cuts[i].Items, Cuts[i].Characters);
        }

        return capped;
    }

    private static JsonElement Cut(JsonElement result, int items, int characters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            WriteMembers(writer, result, items, characters);
            writer.WriteString("note"u8, $"Cut: of each list the first {items} are shown, of each text the first {characters} characters.");
            writer.WriteEndObject();
        }

        return ToolJson.Parse(buffer.WrittenMemory);
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement value, int items, int characters)
    {
        foreach (var member in value.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, items, characters);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, int items, int characters)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, value, items, characters);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray().Take(items))
                {
                    Write(writer, item, items, characters);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is { } text && text.Length > characters:
                writer.WriteStringValue($"{text[..characters]}…");
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
