using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Describes keywords that OpenAI rejects in strict mode and that do not change the shape of a value, as Microsoft.Extensions.AI does for
/// its OpenAI client.
/// </summary>
internal static class StrictKeywords
{
    private static readonly string[] Described =
    [
        "minLength", "maxLength", "minProperties", "maxProperties", "uniqueItems", "contains", "minContains", "maxContains",
        "propertyNames", "unevaluatedProperties", "unevaluatedItems", "contentEncoding", "contentMediaType", "not",
    ];

    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>
    /// Closes each object and describes the keywords, also in definitions, which the transformation of Microsoft.Extensions.AI leaves.
    /// </summary>
    public static JsonElement Apply(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema;
        }

        try
        {
            var root = JsonObject.Create(schema)!;
            SchemaWalk.Visit(root, "#", static (node, _) => Apply(node), static _ => { });
            return SchemaNodes.ToElement(root);
        }
        catch (ArgumentException)
        {
            // A property occurs twice in an object; the service decides which one counts.
            return schema;
        }
    }

    private static void Apply(JsonObject schema)
    {
        var notes = new List<string>();
        foreach (var (keyword, value) in schema.ToList())
        {
            if (Described.Contains(keyword) || (keyword == "format" && !Formats.Contains(value.Text())))
            {
                notes.Add(SchemaNodes.Note(keyword, value));
                schema.Remove(keyword);
            }
        }

        SchemaNodes.Describe(schema, notes);
        if (schema["properties"] is JsonObject { Count: > 0 } properties && IsOpen(schema))
        {
            schema["additionalProperties"] = false;
            schema["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        }

        if (!schema.ContainsKey("$ref") && (schema.ContainsKey("enum") || schema.ContainsKey("const")))
        {
            GoogleSchemaKeywords.ImplyType(schema, schema.ContainsKey("enum") ? "enum" : "const", schema["enum"] ?? schema["const"]);
        }
    }

    // The default of an object that lists its properties; only a schema of its own describes a map.
    private static bool IsOpen(JsonObject schema) =>
        schema["additionalProperties"] is null or JsonObject { Count: 0 } ||
        (schema["additionalProperties"] is JsonValue value && value.TryGetValue<bool>(out var isOpen) && isOpen);
}
