using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Converts a JSON Schema to the subset that Databricks documents for the models it hosts (serving reference §3.5): no references, no
/// combinations, no <c>pattern</c>, and no lists of types except <c>[T, "null"]</c>. What cannot be expressed is added to the description.
/// </summary>
/// <param name="schema">The schema of the caller.</param>
/// <param name="use">What the schema describes.</param>
/// <param name="maxSchemas">How many schemas the result may have before references are no longer expanded.</param>
internal sealed class PlainSchema(JsonElement schema, SchemaUse use, int maxSchemas)
{
    private readonly JsonObject _root = JsonObject.Create(schema)!;
    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);
    private ReferenceExpansion? _references;

    public RewrittenSchema Rewrite()
    {
        _references = new ReferenceExpansion(_root, maxSchemas);
        var rewritten = Rewritten(_root);
        if (use == SchemaUse.Parameters)
        {
            SchemaNodes.RequireObject(rewritten, _changes);
        }

        return _changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(rewritten), string.Join(", ", _changes));
    }

    private JsonObject Rewritten(JsonObject source)
    {
        _references!.Enter();
        var result = new JsonObject();
        var notes = new List<string>();
        foreach (var (keyword, value) in source)
        {
            Take(result, notes, keyword, value);
        }

        foreach (var keyword in (ReadOnlySpan<string>)["$ref", "allOf", "anyOf", "oneOf"])
        {
            if (source.TryGetPropertyValue(keyword, out var value))
            {
                _changes.Add(keyword);
                TakeCombination(result, notes, keyword, value);
            }
        }

        SchemaNodes.Describe(result, notes);
        _references.Leave();
        return result;
    }

    private void Take(JsonObject result, List<string> notes, string keyword, JsonNode? value)
    {
        switch (keyword, value)
        {
            case ("$schema" or "$defs" or "definitions", _):
                _changes.Add(keyword);
                break;
            case ("additionalProperties", JsonValue open) when open.TryGetValue<bool>(out var isOpen) && isOpen:
                // The default, which is rejected even so ([issue deepagents#2262]).
                _changes.Add(keyword);
                break;
            case ("$ref" or "allOf" or "anyOf" or "oneOf", _):
                break;
            case ("pattern" or "prefixItems", _):
                _changes.Add(keyword);
                notes.Add(SchemaNodes.Note(keyword, value));
                break;
            case ("type", JsonArray types):
                TakeTypes(result, notes, types);
                break;
            case ("properties" or "patternProperties" or "dependentSchemas", JsonObject schemas):
                result[keyword] = new JsonObject(
                    schemas.Select(member => KeyValuePair.Create(member.Key, Rewritten(member.Value))));
                break;
            case ("enum" or "const" or "default" or "examples", _):
                result[keyword] = value?.DeepClone();
                break;
            default:
                result[keyword] = Rewritten(value);
                break;
        }
    }

    private JsonNode? Rewritten(JsonNode? node) => node switch
    {
        JsonObject child => Rewritten(child),
        JsonArray items => new JsonArray([.. items.Select(Rewritten)]),
        _ => node?.DeepClone(),
    };

    private void TakeTypes(JsonObject result, List<string> notes, JsonArray types)
    {
        var names = types.Select(type => type.Text()).Where(name => name is not "null").ToList();
        if (names.Count == 1 && types.Count <= 2)
        {
            result["type"] = types.DeepClone();
            return;
        }

        _changes.Add("type");
        notes.Add(SchemaNodes.Note("type", types));
    }

    private void TakeCombination(JsonObject result, List<string> notes, string keyword, JsonNode? value)
    {
        switch (keyword, value)
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
            case ("anyOf" or "oneOf", JsonArray choices):
                TakeChoices(result, keyword, choices);
                break;
            default:
                notes.Add(SchemaNodes.Note(keyword, value));
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

    // The type that the choices share stays, and null with it; the choices themselves are described.
    private void TakeChoices(JsonObject result, string keyword, JsonArray choices)
    {
        var schemas = choices.OfType<JsonObject>().Select(Rewritten).ToList();
        var isNullable = SchemaNodes.RemoveNull(schemas, result);
        if (schemas is [var only])
        {
            SchemaNodes.Merge(result, only);
        }
        else if (schemas.Count > 0)
        {
            var rest = new JsonObject { [keyword] = new JsonArray([.. schemas]) };
            RootCombinations.Fold(rest, rest, _changes);
            var types = schemas.Select(choice => choice["type"].Text()).Distinct().ToList();
            if (types is [{ } shared])
            {
                rest["type"] = shared;
            }

            SchemaNodes.Merge(result, Rewritten(rest));
        }

        if (isNullable && result["type"].Text() is { } type and not "null")
        {
            result["type"] = new JsonArray(type, "null");
            if (result["enum"] is JsonArray values && !values.Contains(null))
            {
                values.Add((JsonNode?)null);
            }
        }
    }
}
