using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Operations on the nodes of a schema.</summary>
internal static class SchemaNodes
{
    private const int DeepestNode = 1000;

    public static JsonElement ToElement(JsonNode node)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            node.WriteTo(writer);
        }

        // A definition may be as deep as the document that it is in, and be expanded at the bottom of another.
        var reader = new Utf8JsonReader(buffer.Contiguous(), new JsonReaderOptions { MaxDepth = DeepestNode });
        return JsonElement.ParseValue(ref reader);
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Returns the text for a description that states a keyword the dialect cannot express.</summary>
    public static string Note(string word, JsonNode? value) => $"{word}: {(value is null ? "null" : ToElement(value).GetRawText())}.";

    /// <summary>Whether a schema allows null and states nothing else, apart from its title and description.</summary>
    public static bool IsNull(JsonObject schema) =>
        schema["type"].Text() == "null" && schema.All(member => member.Key is "type" or "title" or "description");

    /// <summary>Removes the choices that allow only null; their descriptions go to the schema that has the choices.</summary>
    /// <returns>Whether null is allowed.</returns>
    public static bool RemoveNull(List<JsonObject> choices, JsonObject schema)
    {
        var nulls = choices.FindAll(IsNull);
        foreach (var choice in nulls)
        {
            choices.Remove(choice);
            if (choice["description"].Text() is { Length: > 0 } words)
            {
                Describe(schema, [words]);
            }
        }

        return nulls.Count > 0;
    }

    /// <summary>Adds notes to a description.</summary>
    public static void Describe(JsonObject schema, IReadOnlyCollection<string> notes)
    {
        if (notes.Count > 0)
        {
            schema["description"] = string.Join(' ', schema["description"].Text() is { Length: > 0 } words ? notes.Prepend(words) : notes);
        }
    }

    /// <summary>Makes the root of the parameters of a tool an object, as arguments are: the hosts require it.</summary>
    public static void RequireObject(JsonObject root, ISet<string> changes)
    {
        if (root["type"] is { } type && type.Text() is not "object")
        {
            changes.Add("type");
            root["type"] = "object";
            if (!string.Equals(type.Text(), "object", StringComparison.OrdinalIgnoreCase))
            {
                Describe(root, [Note("type", type)]);
            }
        }
    }

    /// <summary>Adds a keyword to a schema that may have it already.</summary>
    public static void Add(JsonObject schema, string keyword, JsonNode? value)
    {
        if (schema.ContainsKey(keyword))
        {
            Merge(schema, new JsonObject { [keyword] = value });
        }
        else
        {
            schema[keyword] = value;
        }
    }

    /// <summary>
    /// Merges a schema into another, so that both apply. Keywords of both that cannot be merged are added to the description.
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
            else if (known[name] is null or JsonValue && value is JsonObject or null || !known.ContainsKey(name))
            {
                // true adds nothing to a schema.
                known[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>Returns the target of a local reference such as <c>#/$defs/Point</c>, or null when there is none.</summary>
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
            var name = Unescaped(step);
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
                    index < items.Count ? items[index] : null,
                _ => null,
            };
        }

        return node is JsonObject or JsonValue && (node is JsonObject || node.GetValueKind() is JsonValueKind.True or JsonValueKind.False);
    }

    /// <summary>Decodes one step of a JSON pointer.</summary>
    public static string Unescaped(string step) =>
        Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
