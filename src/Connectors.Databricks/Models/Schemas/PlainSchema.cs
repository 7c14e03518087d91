using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Omits keywords that have no effect and are rejected: <c>$schema</c>, and <c>additionalProperties: true</c>, which is the default
/// ([issue deepagents#2262]).
/// </summary>
internal static class PlainSchema
{
    public static RewrittenSchema Rewrite(JsonElement schema)
    {
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        var root = JsonObject.Create(schema)!;
        Clean(root, changes);
        return changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(root), string.Join(", ", changes));
    }

    private static void Clean(JsonNode? node, SortedSet<string> changes)
    {
        if (node is JsonObject schema)
        {
            if (schema["$schema"] is JsonValue && schema.Remove("$schema"))
            {
                changes.Add("$schema");
            }

            if (schema["additionalProperties"] is JsonValue value && value.TryGetValue<bool>(out var isOpen) && isOpen)
            {
                schema.Remove("additionalProperties");
                changes.Add("additionalProperties");
            }

            foreach (var (name, member) in schema)
            {
                CleanMember(name, member, changes);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Clean(item, changes);
            }
        }
    }

    private static void CleanMember(string name, JsonNode? member, SortedSet<string> changes)
    {
        switch (name)
        {
            case "enum" or "const" or "default" or "examples":
                // The value is data, not a schema.
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" when member is JsonObject schemas:
                // Its members are called as their author likes.
                foreach (var (_, schema) in schemas)
                {
                    Clean(schema, changes);
                }

                break;
            default:
                Clean(member, changes);
                break;
        }
    }
}
