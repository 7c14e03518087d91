using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Converts a JSON Schema to Google's schema, which rejects unknown keywords ([issue unity-gateway#491], serving reference §3.5). Keywords
/// without an equivalent are added to the description. <see cref="GoogleSchemaRelations"/> then corrects what Google rejects in
/// combination.
/// </summary>
/// <param name="schema">The schema of the caller.</param>
/// <param name="use">What the schema describes.</param>
/// <param name="maxSchemas">How many schemas the result may have before references are no longer expanded.</param>
internal sealed class GoogleSchema(JsonElement schema, SchemaUse use, int maxSchemas)
{
    private static readonly string[] Known =
    [
        "title", "description", "nullable", "maxItems", "minItems", "required", "minProperties", "maxProperties", "minimum", "maximum",
        "minLength", "maxLength", "pattern", "default", "example", "propertyOrdering",
    ];

    // Keywords that do not constrain a value.
    private static readonly string[] Silent = ["$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "examples"];

    private readonly JsonObject _root = JsonObject.Create(schema)!;
    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);
    private ReferenceExpansion? _references;

    public RewrittenSchema Rewrite()
    {
        _references = new ReferenceExpansion(_root, maxSchemas);
        var rewritten = Rewritten(_root);
        new GoogleSchemaRelations(_changes).Correct(rewritten, use);
        return _changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(rewritten), string.Join(", ", _changes));
    }

    private JsonObject Rewritten(JsonObject source)
    {
        _references!.Enter();
        var result = new JsonObject();
        var notes = new List<string>();
        foreach (var (word, value) in source.OrderBy(member => Rank(member.Key)))
        {
            Take(result, notes, word, value);
        }

        SchemaNodes.Describe(result, notes);
        _references.Leave();
        return result;
    }

    // Keywords that others depend on come first; keywords that are merged into the rest come last.
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
                SchemaNodes.Add(result, word, Properties(properties));
                break;
            case ("items", JsonObject items):
                SchemaNodes.Add(result, word, Rewritten(items));
                break;
            case ("anyOf", JsonArray choices):
                TakeChoices(result, word, choices);
                break;
            case ("enum", JsonArray values) when GoogleSchemaKeywords.TakeEnum(result, values, _changes):
            case ("format", _) when GoogleSchemaKeywords.TakeFormat(result, value):
                break;
            case (_, _) when Known.Contains(word):
                SchemaNodes.Add(result, word, value?.DeepClone());
                break;
            default:
                _changes.Add(word);
                TakeOther(result, notes, word, value);
                break;
        }
    }

    // Keywords that Google does not support, or not with such a value.
    private void TakeOther(JsonObject result, List<string> notes, string word, JsonNode? value)
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
                SchemaNodes.Add(result, "enum", new JsonArray(text));
                break;
            case ("const", null):
                result["nullable"] = true;
                goto default;
            case ("items" or "prefixItems", JsonArray items):
                TakeTuple(result, notes, word, items);
                break;
            case ("exclusiveMinimum" or "exclusiveMaximum", _) when GoogleSchemaKeywords.TakeBound(result, word, value):
            case ("additionalProperties", not JsonObject { Count: > 0 }):
                break;
            case ("items", _):
                result["items"] ??= new JsonObject();
                break;
            default:
                GoogleSchemaKeywords.ImplyType(result, word, value);
                if (!Silent.Contains(word))
                {
                    notes.Add(SchemaNodes.Note(word, value));
                }

                break;
        }
    }

    private void TakeReference(JsonObject result, List<string> notes, string reference)
    {
        if (_references!.Expand(reference, Rewritten) is not { } whole)
        {
            result["type"] ??= _references.TypeOf(reference);
            notes.Add(SchemaNodes.Note("$ref", reference));
            return;
        }

        if (result.ContainsKey("description"))
        {
            whole.Remove("description");
        }

        SchemaNodes.Merge(result, whole);
    }

    // Google supports one schema for all items: any of those of the tuple. Their order is described.
    private void TakeTuple(JsonObject result, List<string> notes, string word, JsonArray items)
    {
        result["type"] ??= "array";
        if (result.ContainsKey("items"))
        {
            notes.Add(SchemaNodes.Note(word, items));
            return;
        }

        notes.Add(SchemaNodes.Note(word, items));
        var schemas = new List<JsonNode>();
        foreach (var schema in items.OfType<JsonObject>().Select(Rewritten))
        {
            if (!schemas.Exists(known => JsonNode.DeepEquals(known, schema)))
            {
                schemas.Add(schema);
            }
        }

        result["items"] = schemas switch
        {
            [] => new JsonObject(),
            [var only] => only,
            _ => new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) },
        };
    }

    private JsonObject Properties(JsonObject properties)
    {
        var members = new JsonObject();
        foreach (var (name, member) in properties)
        {
            if (member is JsonObject inner)
            {
                members[name] = Rewritten(inner);
                continue;
            }

            // true is any value; false is a property that must not be there.
            _changes.Add("properties");
            if (member is not JsonValue value || !value.TryGetValue<bool>(out var isAny) || isAny)
            {
                members[name] = new JsonObject();
            }
        }

        return members;
    }

    // A choice that includes null is nullable.
    private void TakeChoices(JsonObject result, string word, JsonArray choices)
    {
        var schemas = choices.OfType<JsonObject>().ToList();
        if (schemas.Count < choices.Count)
        {
            // true and false, which add nothing to a choice.
            _changes.Add(word);
        }

        if (SchemaNodes.RemoveNull(schemas, result))
        {
            _changes.Add(word);
            result["nullable"] = true;
        }

        if (schemas.Count == 1)
        {
            _changes.Add(word);
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
