using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Small readings of a schema's tree.</summary>
internal static class SchemaNodes
{
    public static JsonElement ToElement(JsonNode node)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            node.WriteTo(writer);
        }

        var reader = new Utf8JsonReader(buffer.Contiguous());
        return JsonElement.ParseValue(ref reader);
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>What a schema says beyond the words of a dialect, for its description.</summary>
    public static string Note(string word, JsonNode? value) => $"{word}: {(value is null ? "null" : ToElement(value).GetRawText())}.";

    /// <summary>Adds notes to a description.</summary>
    public static void Describe(JsonObject schema, IReadOnlyCollection<string> notes)
    {
        if (notes.Count > 0)
        {
            schema["description"] = string.Join(' ', schema["description"].Text() is { Length: > 0 } words ? notes.Prepend(words) : notes);
        }
    }

    /// <summary>
    /// Merges a schema into another: both apply. Keywords of both that cannot be merged are described in the description.
    /// </summary>
    public static void Merge(JsonObject schema, JsonObject part)
    {
        foreach (var (word, value) in part.ToList())
        {
            switch (word, schema[word], value)
            {
                case (_, null, _):
                    schema[word] = value?.DeepClone();
                    break;
                case ("properties", JsonObject known, JsonObject more):
                    MergeProperties(known, more);
                    break;
                case ("required", JsonArray known, JsonArray more):
                    foreach (var name in more.Select(Text).Except(known.Select(Text)).ToList())
                    {
                        known.Add((JsonNode?)name);
                    }

                    break;
                case ("description", _, _) when value.Text() is { } words && schema["description"].Text() != words:
                    Describe(schema, [words]);
                    break;
                case (_, { } known, _) when !JsonNode.DeepEquals(known, value):
                    Describe(schema, [Note(word, value)]);
                    break;
            }
        }
    }

    private static void MergeProperties(JsonObject known, JsonObject more)
    {
        foreach (var (name, value) in more.ToList())
        {
            if (known[name] is JsonObject first && value is JsonObject second)
            {
                Merge(first, second);
            }
            else
            {
                known[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>The schema that a local reference such as <c>#/$defs/Point</c> leads to; null when it leads nowhere here.</summary>
    public static JsonObject? Resolve(JsonObject root, string reference) =>
        TryFind(root, reference, out var node) ? node as JsonObject : null;

    /// <summary>Follows a reference that is a JSON pointer, percent-encoded or not, to a schema: an object, or true or false.</summary>
    public static bool TryFind(JsonNode root, string reference, [NotNullWhen(true)] out JsonNode? node)
    {
        node = null;
        if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
        {
            return false;
        }

        node = root;
        foreach (var step in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < items.Count =>
                    items[index],
                _ => null,
            };
        }

        return node is JsonObject or JsonValue && (node is JsonObject || node.GetValueKind() is JsonValueKind.True or JsonValueKind.False);
    }
}
