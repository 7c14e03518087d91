using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>Bounds the length of a tool's result: long lists, objects and texts are truncated step by step, with a note.</summary>
internal static class CappedJson
{
    private const int ShortestObject = 15;
    private const int ShortestName = 40;

    // The note of a result that is reduced to its first members.
    private const int NoteLength = 160;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Cut[] Cuts = [new(200, 500), new(80, 300), new(30, 200), new(10, 120), new(3, 80), new(1, 40), new(0, 20)];

    /// <param name="result">An object.</param>
    /// <param name="maxLength">The maximum length of its JSON, in characters.</param>
    /// <returns>The object itself if it fits; otherwise a shorter one, always valid JSON.</returns>
    public static JsonElement Fit(JsonElement result, int maxLength)
    {
        if (IsShort(result, maxLength))
        {
            return result;
        }

        foreach (var cut in Cuts)
        {
            if (Shorten(result, cut) is var shortened && IsShort(shortened, maxLength))
            {
                return shortened;
            }
        }

        return FirstMembers(result, maxLength);
    }

    private static bool IsShort(JsonElement result, int maxLength) => result.GetRawText().Length <= maxLength;

    private static JsonElement Shorten(JsonElement result, Cut cut) => Write(writer =>
    {
        foreach (var member in Members(result))
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, cut);
        }

        WriteNote(writer, result, cut, "");
    });

    /// <summary>The last resort: as many members as fit, each cut as far as possible.</summary>
    private static JsonElement FirstMembers(JsonElement result, int maxLength) => Write(writer =>
    {
        var left = maxLength - NoteLength - ToolJson.LengthOf(Note(result));
        foreach (var member in Members(result))
        {
            var value = Write(inner =>
            {
                inner.WritePropertyName(member.Name);
                Write(inner, member.Value, Cuts[^1]);
            });
            var length = value.GetRawText().Length;
            if (length <= left)
            {
                left -= length;
                writer.WritePropertyName(member.Name);
                value.EnumerateObject().First().Value.WriteTo(writer);
            }
        }

        WriteNote(writer, result, Cuts[^1], " Some members are left out.");
    });

    // A note of the tool's own is merged with the one about the cut.
    private static IEnumerable<JsonProperty> Members(JsonElement result) =>
        result.EnumerateObject().Where(member => !member.NameEquals("note"u8));

    private static string Note(JsonElement result) =>
        result.TryGetProperty("note"u8, out var note) && note.ValueKind == JsonValueKind.String
            ? $"{ToolJson.Prefix(note.GetString()!, Cuts[^2].Characters * 3)} "
            : "";

    private static void WriteNote(Utf8JsonWriter writer, JsonElement result, Cut cut, string more) =>
        writer.WriteString("note"u8, string.Create(
            CultureInfo.InvariantCulture,
            $"{Note(result)}Cut: at most {cut.Items} items per list, {cut.Members} members per object, {cut.Characters} characters per " +
            $"text.{more}"));

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return ToolJson.Parse(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Cut cut)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, value, cut);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray().Take(cut.Items))
                {
                    Write(writer, item, cut);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is { } text && text.Length > cut.Characters:
                writer.WriteStringValue($"{ToolJson.Prefix(text, cut.Characters)}…");
                break;
            case JsonValueKind.Number when value.GetRawText().Length > ShortestName:
                writer.WriteStringValue($"{value.GetRawText()[..cut.Characters]}…");
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement value, Cut cut)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject().Take(cut.Members))
        {
            var name = member.Name.Length <= cut.Name ? member.Name : $"{ToolJson.Prefix(member.Name, cut.Name)}…";
            if (names.Add(name))
            {
                writer.WritePropertyName(name);
                Write(writer, member.Value, cut);
            }
        }
    }

    private readonly record struct Cut(int Items, int Characters)
    {
        public int Members => Math.Max(Items, ShortestObject);

        public int Name => Math.Max(Characters, ShortestName);
    }
}
