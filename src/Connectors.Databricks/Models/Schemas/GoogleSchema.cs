using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Says a JSON Schema in the words of Google's own schema, which refuses every other ([issue unity-gateway#491], serving reference §3.5).
/// The meaning is kept where there are words for it; where there are none, the description tells the model.
/// </summary>
internal sealed class GoogleSchema(JsonElement schema)
{
    /// <summary>A schema that holds itself is cut where nobody would follow it any more.</summary>
    private const int DeepestReference = 4;

    private static readonly string[] Known =
    [
        "type", "format", "title", "description", "nullable", "enum", "items", "maxItems", "minItems", "properties", "required", "minProperties",
        "maxProperties", "minimum", "maximum", "minLength", "maxLength", "pattern", "anyOf", "default",
    ];

    // They name or explain the schema, and say nothing about a value.
    private static readonly string[] Silent = ["$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "examples", "additionalProperties"];

    private readonly JsonObject _root = JsonObject.Create(schema)!;
    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);

    public RewrittenSchema Rewrite()
    {
        var rewritten = Rewritten(_root, depth: 0);
        return _changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(rewritten), string.Join(", ", _changes));
    }

    private JsonObject Rewritten(JsonObject source, int depth)
    {
        if (source["$ref"].Text() is { } reference)
        {
            _changes.Add("$ref");
            if (depth == DeepestReference || SchemaNodes.Resolve(_root, reference) is not { } target)
            {
                return new JsonObject { ["type"] = "object" };
            }

            var whole = Rewritten(target, depth + 1);
            return source["description"].Text() is { } words ? With(whole, "description", words) : whole;
        }

        var result = new JsonObject();
        var notes = new List<string>();
        foreach (var (word, value) in source)
        {
            Take(result, notes, word, value, depth);
        }

        if (result["type"].Text() == "array" && !result.ContainsKey("items"))
        {
            _changes.Add("items");
            result["items"] = new JsonObject();
        }

        if (notes.Count > 0)
        {
            var description = result["description"].Text();
            result["description"] = string.Join(' ', description is { Length: > 0 } ? notes.Prepend(description) : notes);
        }

        return result;
    }

    private void Take(JsonObject result, List<string> notes, string word, JsonNode? value, int depth)
    {
        if (Known.Contains(word) && !(word == "type" && value is JsonArray))
        {
            result[word] = Inner(word, value, depth);
            return;
        }

        _changes.Add(word);
        switch (word)
        {
            case "type":
                TakeTypes(result, (JsonArray)value!);
                break;
            case "const" when value.Text() is { } text:
                result["enum"] = new JsonArray(text);
                break;
            case "oneOf" when value is JsonArray choices && !result.ContainsKey("anyOf"):
                result["anyOf"] = Each(choices, depth);
                break;
            case "allOf" when value is JsonArray parts:
                foreach (var part in parts.OfType<JsonObject>())
                {
                    Merge(result, Rewritten(part, depth));
                }

                break;
            case "exclusiveMinimum" or "exclusiveMaximum" when IsWhole(result, value, out var bound):
                result[word == "exclusiveMinimum" ? "minimum" : "maximum"] = word == "exclusiveMinimum" ? bound + 1 : bound - 1;
                break;
            default:
                if (!Silent.Contains(word))
                {
                    notes.Add($"{word}: {value?.ToJsonString() ?? "null"}.");
                }

                break;
        }
    }

    private JsonNode? Inner(string word, JsonNode? value, int depth)
    {
        switch (word, value)
        {
            case ("properties", JsonObject properties):
                var members = new JsonObject();
                foreach (var (name, member) in properties)
                {
                    members[name] = member is JsonObject inner ? Rewritten(inner, depth) : new JsonObject();
                }

                return members;
            case ("items", JsonObject items):
                return Rewritten(items, depth);
            case ("items", _):
                // A list of schemas, or true: a schema there is all that is known.
                _changes.Add("items");
                return new JsonObject();
            case ("anyOf", JsonArray choices):
                return Each(choices, depth);
            default:
                return value?.DeepClone();
        }
    }

    private JsonArray Each(JsonArray schemas, int depth) => [.. schemas.OfType<JsonObject>().Select(item => (JsonNode)Rewritten(item, depth))];

    // ["string","null"] is a nullable string; several types are a choice.
    private static void TakeTypes(JsonObject result, JsonArray types)
    {
        var names = types.Select(type => type.Text()).OfType<string>().ToList();
        if (names.Remove("null"))
        {
            result["nullable"] = true;
        }

        if (names.Count == 1)
        {
            result["type"] = names[0];
        }
        else if (names.Count > 1 && !result.ContainsKey("anyOf"))
        {
            result["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { ["type"] = name })]);
        }
    }

    private static bool IsWhole(JsonObject result, JsonNode? value, out long bound)
    {
        bound = 0;
        return result["type"].Text() == "integer" && value is JsonValue number && number.TryGetValue(out bound);
    }

    private static void Merge(JsonObject result, JsonObject part)
    {
        foreach (var (word, value) in part.ToList())
        {
            if (word == "properties" && result["properties"] is JsonObject known && value is JsonObject more)
            {
                Merge(known, more);
            }
            else if (word == "required" && result["required"] is JsonArray names && value is JsonArray others)
            {
                foreach (var name in others.ToList())
                {
                    names.Add(name?.DeepClone());
                }
            }
            else
            {
                result[word] = value?.DeepClone();
            }
        }
    }

    private static JsonObject With(JsonObject schema, string word, string value)
    {
        schema[word] = value;
        return schema;
    }
}
