using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Says a JSON Schema in the words of Google's own schema, which refuses every other ([issue unity-gateway#491], serving reference §3.5).
/// The meaning is kept where there are words for it; where there are none, the description tells the model.
/// </summary>
internal sealed class GoogleSchema(JsonElement schema)
{
    /// <summary>A schema that holds itself is written out that often inside itself, and then called by its name.</summary>
    private const int MostRepetitions = 2;

    /// <summary>Beyond these, references are called by their names: definitions that hold each other would multiply.</summary>
    private const int MostNodes = 2000;

    private static readonly string[] Known =
    [
        "title", "description", "nullable", "maxItems", "minItems", "required", "minProperties", "maxProperties", "minimum", "maximum",
        "minLength", "maxLength", "pattern", "default",
    ];

    // They name or explain the schema, and say nothing about a value.
    private static readonly string[] Silent = ["$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "examples"];

    private readonly JsonObject _root = JsonObject.Create(schema)!;
    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);
    private readonly List<string> _open = ["#"];
    private int _nodes;

    public RewrittenSchema Rewrite()
    {
        var rewritten = Rewritten(_root);
        return _changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(rewritten), string.Join(", ", _changes));
    }

    private JsonObject Rewritten(JsonObject source)
    {
        _nodes++;
        var result = new JsonObject();
        var notes = new List<string>();
        foreach (var (word, value) in source.OrderBy(member => Rank(member.Key)))
        {
            Take(result, notes, word, value);
        }

        if (result["type"].Text() == "array" && !result.ContainsKey("items"))
        {
            _changes.Add("items");
            result["items"] = new JsonObject();
        }

        SchemaNodes.Describe(result, notes);
        return result;
    }

    // What others depend on goes first, and what is laid over the rest last.
    private static int Rank(string word) => word switch
    {
        "type" => 0,
        "anyOf" => 1,
        "$ref" or "allOf" => 3,
        "exclusiveMinimum" or "exclusiveMaximum" => 4,
        _ => 2,
    };

    private void Take(JsonObject result, List<string> notes, string word, JsonNode? value)
    {
        switch (word, value)
        {
            case ("type", JsonArray types):
                TakeTypes(result, types);
                break;
            case ("type", _):
                result["type"] = value?.DeepClone();
                break;
            case ("properties", JsonObject properties):
                result["properties"] = Properties(properties);
                break;
            case ("items", JsonObject items):
                result["items"] = Rewritten(items);
                break;
            case ("anyOf", JsonArray choices):
                TakeChoices(result, word, choices);
                break;
            case ("enum", JsonArray values) when GoogleSchemaKeywords.TakeEnum(result, values, _changes):
            case ("format", _) when GoogleSchemaKeywords.TakeFormat(result, value):
                break;
            case (_, _) when Known.Contains(word):
                result[word] = value?.DeepClone();
                break;
            default:
                _changes.Add(word);
                TakeForeign(result, notes, word, value);
                break;
        }
    }

    // Words that Google does not know, or not with such a value.
    private void TakeForeign(JsonObject result, List<string> notes, string word, JsonNode? value)
    {
        switch (word, value)
        {
            case ("$ref", _) when value.Text() is { } reference:
                TakeReference(result, notes, reference);
                break;
            case ("allOf", JsonArray parts):
                foreach (var part in parts.OfType<JsonObject>())
                {
                    SchemaNodes.Merge(result, Rewritten(part));
                }

                break;
            case ("oneOf", JsonArray choices) when !result.ContainsKey("anyOf"):
                TakeChoices(result, word, choices);
                break;
            case ("const", _) when value.Text() is { } text:
                result["type"] ??= "string";
                result["enum"] = new JsonArray(text);
                break;
            case ("exclusiveMinimum" or "exclusiveMaximum", _) when GoogleSchemaKeywords.TakeBound(result, word, value):
            case ("additionalProperties", not JsonObject { Count: > 0 }):
                break;
            case ("items", not JsonArray):
                result["items"] = new JsonObject();
                break;
            default:
                if (!Silent.Contains(word))
                {
                    notes.Add(SchemaNodes.Note(word, value));
                }

                break;
        }
    }

    private void TakeReference(JsonObject result, List<string> notes, string reference)
    {
        var target = SchemaNodes.Resolve(_root, reference);
        if (target is null || _nodes > MostNodes || _open.Count(open => open == reference) >= MostRepetitions)
        {
            result["type"] ??= target?["type"].Text() ?? "object";
            notes.Add(SchemaNodes.Note("$ref", reference));
            return;
        }

        _open.Add(reference);
        var whole = Rewritten(target);
        _open.RemoveAt(_open.Count - 1);
        if (result.ContainsKey("description"))
        {
            whole.Remove("description");
        }

        SchemaNodes.Merge(result, whole);
    }

    private JsonObject Properties(JsonObject properties)
    {
        var members = new JsonObject();
        foreach (var (name, member) in properties)
        {
            if (member is not JsonObject)
            {
                // true: anything goes.
                _changes.Add("properties");
            }

            members[name] = member is JsonObject inner ? Rewritten(inner) : new JsonObject();
        }

        return members;
    }

    // A choice of null is a nullable rest.
    private void TakeChoices(JsonObject result, string word, JsonArray choices)
    {
        var schemas = choices.OfType<JsonObject>().ToList();
        if (schemas.RemoveAll(choice => choice["type"].Text() == "null") > 0)
        {
            _changes.Add(word);
            result["nullable"] = true;
        }

        if (schemas.Count == 1 && choices.Count > 1)
        {
            SchemaNodes.Merge(result, Rewritten(schemas[0]));
        }
        else if (schemas.Count > 0)
        {
            result["anyOf"] = new JsonArray([.. schemas.Select(choice => (JsonNode)Rewritten(choice))]);
        }
    }

    // ["string","null"] is a nullable string; several types are a choice.
    private void TakeTypes(JsonObject result, JsonArray types)
    {
        _changes.Add("type");
        var names = types.Select(type => type.Text()).OfType<string>().ToList();
        if (names.Remove("null"))
        {
            result["nullable"] = true;
        }

        if (names.Count == 1)
        {
            result["type"] = names[0];
        }
        else if (names.Count > 1)
        {
            result["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { ["type"] = name })]);
        }
    }
}
