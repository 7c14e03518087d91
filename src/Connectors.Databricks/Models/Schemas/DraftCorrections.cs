using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Converts keywords of older drafts and of OpenAPI to JSON Schema 2020-12, and describes values that no draft allows.</summary>
internal static class DraftCorrections
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];

    private static readonly string[] Counts =
        ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"];

    private static readonly string[] Numbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    private static readonly string[] Texts = ["description", "title", "pattern", "format", "$comment", "$id", "$schema"];

    /// <param name="schema">The schema, without those in it; it is changed.</param>
    /// <param name="changes">Receives the keywords that were changed.</param>
    public static void Correct(JsonObject schema, ISet<string> changes)
    {
        CorrectBound(schema, "exclusiveMinimum", "minimum", changes);
        CorrectBound(schema, "exclusiveMaximum", "maximum", changes);
        CorrectTuple(schema, changes);
        CorrectRequired(schema, changes);
        CorrectTypes(schema, changes);

        // The description first: the others are added to it.
        foreach (var (keyword, value) in schema.OrderBy(member => member.Key != "description").ToList())
        {
            if (!IsAllowed(keyword, value))
            {
                changes.Add(keyword);
                schema.Remove(keyword);
                SchemaNodes.Describe(schema, [SchemaNodes.Note(keyword, value)]);
            }
        }
    }

    // Draft 4: exclusiveMinimum is a Boolean next to minimum.
    private static void CorrectBound(JsonObject schema, string exclusive, string inclusive, ISet<string> changes)
    {
        if (schema[exclusive] is not JsonValue value || !value.TryGetValue<bool>(out var isExclusive))
        {
            return;
        }

        changes.Add(exclusive);
        schema.Remove(exclusive);
        if (isExclusive && schema[inclusive] is { } bound)
        {
            schema.Remove(inclusive);
            schema[exclusive] = bound;
        }
    }

    // Until draft 2019-09, a tuple is a list in items.
    private static void CorrectTuple(JsonObject schema, ISet<string> changes)
    {
        if (schema["items"] is not JsonArray items)
        {
            return;
        }

        changes.Add("items");
        schema.Remove("items");
        if (schema.ContainsKey("prefixItems"))
        {
            SchemaNodes.Describe(schema, [SchemaNodes.Note("items", items)]);
            return;
        }

        schema["prefixItems"] = items;
        if (schema["additionalItems"] is { } rest)
        {
            schema.Remove("additionalItems");
            schema["items"] = rest;
        }
    }

    // Draft 3: required is a Boolean of the property.
    private static void CorrectRequired(JsonObject schema, ISet<string> changes)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        foreach (var (name, property) in properties)
        {
            if (property is JsonObject member && member["required"] is JsonValue value && value.TryGetValue<bool>(out var isRequired))
            {
                changes.Add("required");
                member.Remove("required");
                if (isRequired)
                {
                    SchemaNodes.Merge(schema, new JsonObject { ["required"] = new JsonArray(name) });
                }
            }
        }
    }

    private static void CorrectTypes(JsonObject schema, ISet<string> changes)
    {
        if (schema["type"] is not JsonArray types)
        {
            return;
        }

        var known = types.Select(SchemaNodes.Text).Where(name => Types.Contains(name)).Distinct().ToList();
        if (known.Count < types.Count && known.Count > 0)
        {
            changes.Add("type");
            schema["type"] = new JsonArray([.. known.Select(name => (JsonNode?)name)]);
        }
    }

    private static bool IsAllowed(string keyword, JsonNode? value) => keyword switch
    {
        "type" => value is JsonArray types
            ? types.Count > 0 && types.All(type => Types.Contains(type.Text()))
            : Types.Contains(value.Text()),
        "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" =>
            value is JsonObject schemas && schemas.All(member => IsSchema(member.Value)),
        "items" or "additionalProperties" or "not" or "if" or "then" or "else" or "contains" or "propertyNames" => IsSchema(value),
        "anyOf" or "oneOf" or "allOf" or "prefixItems" => value is JsonArray { Count: > 0 } schemas && schemas.All(IsSchema),
        "required" => value is JsonArray names && names.All(name => name.Text() is not null) &&
            names.Select(name => name.Text()).Distinct().Count() == names.Count,
        "enum" => value is JsonArray,
        "$ref" => value.Text() is not null,
        _ when Counts.Contains(keyword) => GoogleTypes.HasKind("minItems", value),
        _ when Numbers.Contains(keyword) => GoogleTypes.NumberOf(value) is { } number && (keyword != "multipleOf" || number > 0),
        _ when Texts.Contains(keyword) => value.Text() is not null,
        _ => true,
    };

    private static bool IsSchema(JsonNode? value) =>
        value is JsonObject || value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
}
