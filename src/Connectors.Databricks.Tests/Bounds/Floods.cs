using System.Buffers;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>Makes documents with thousands of items out of a valid one: in each array and object of it, in turn.</summary>
internal static class Floods
{
    public const int Items = 3_000;

    private static readonly string[] Values = ["{}", "0", "[]", "\"x\""];

    /// <summary>Every flood of a document.</summary>
    /// <param name="json">The valid document.</param>
    /// <param name="names">The member names that readers know; each is added to each object.</param>
    public static IEnumerable<(string Name, byte[] Body)> Of(string json, IReadOnlyCollection<string> names)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        var containers = 0;
        Count(root, ref containers);
        for (var place = 0; place < containers; place++)
        {
            foreach (var flood in FloodsAt(names))
            {
                yield return ($"container {place}: {flood.Name}", Write(root, place, flood));
            }
        }
    }

    private static IEnumerable<Flood> FloodsAt(IReadOnlyCollection<string> names)
    {
        foreach (var value in Values)
        {
            yield return new Flood($"{Items} items {value}", IsArray: true, _ => string.Join(',', Enumerable.Repeat(value, Items)));
            yield return new Flood(
                $"{Items} members {value}", IsArray: false,
                _ => string.Join(',', Enumerable.Range(0, Items).Select(i => $"\"u{i}\":{value}")));
        }

        yield return new Flood("the first item again", IsArray: true, first => string.Join(',', Enumerable.Repeat(first, Items)));
        foreach (var name in names)
        {
            foreach (var value in Values)
            {
                yield return new Flood(
                    $"{name}: array of {value}", IsArray: false, _ => $"\"{name}\":[{string.Join(',', Enumerable.Repeat(value, Items))}]");
            }

            yield return new Flood(
                $"{name}: object", IsArray: false,
                _ => $"\"{name}\":{{{string.Join(',', Enumerable.Range(0, Items).Select(i => $"\"u{i}\":{i}"))}}}");
            yield return new Flood(
                $"{name} again and again", IsArray: false,
                _ => string.Join(',', Enumerable.Repeat($"\"{name}\":[{{}}],\"{name}\":\"x\"", Items / 2)));
        }
    }

    private static void Count(JsonElement element, ref int containers)
    {
        if (element.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            containers++;
            foreach (var child in Children(element))
            {
                Count(child, ref containers);
            }
        }
    }

    private static IEnumerable<JsonElement> Children(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : element.EnumerateObject().Select(member => member.Value);

    private static byte[] Write(JsonElement root, int place, Flood flood)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, root, ref place, flood);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, ref int place, Flood flood)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var isHere = place-- == 0 && flood.IsArray;
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, ref place, flood);
                }

                if (isHere)
                {
                    writer.WriteRawValue(
                        flood.Text(element.GetArrayLength() == 0 ? "{}" : element[0].GetRawText()), skipInputValidation: true);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                isHere = place-- == 0 && !flood.IsArray;
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, ref place, flood);
                }

                if (isHere)
                {
                    writer.WriteRawValue(flood.Text(string.Empty), skipInputValidation: true);
                }

                writer.WriteEndObject();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>What is put behind the items of an array, or the members of an object.</summary>
    private sealed record Flood(string Name, bool IsArray, Func<string, string> Text);
}
