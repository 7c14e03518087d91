using System.Globalization;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Visits every schema of a document, and nothing that is data or a name.</summary>
internal static class SchemaWalk
{
    /// <param name="node">A schema, or a list of schemas.</param>
    /// <param name="path">The pointer to it.</param>
    /// <param name="enter">What is done with a schema before the schemas in it are visited.</param>
    /// <param name="leave">What is done with it afterwards.</param>
    public static void Visit(JsonNode? node, string path, Action<JsonObject, string> enter, Action<JsonObject> leave)
    {
        if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Visit(items[i], $"{path}/{i.ToString(CultureInfo.InvariantCulture)}", enter, leave);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        enter(schema, path);
        foreach (var (keyword, value) in schema.ToList())
        {
            VisitMember(keyword, value, $"{path}/{Escaped(keyword)}", enter, leave);
        }

        leave(schema);
    }

    private static void VisitMember(
        string keyword, JsonNode? value, string path, Action<JsonObject, string> enter, Action<JsonObject> leave)
    {
        switch (keyword)
        {
            case "enum" or "const" or "default" or "examples" or "example":
                // Data, not schemas.
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" when value is JsonObject schemas:
                // The names of its members are arbitrary.
                foreach (var (name, member) in schemas.ToList())
                {
                    Visit(member, $"{path}/{Escaped(name)}", enter, leave);
                }

                break;
            default:
                Visit(value, path, enter, leave);
                break;
        }
    }

    private static string Escaped(string name) =>
        Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))
            .Replace("%24", "$", StringComparison.Ordinal);
}
