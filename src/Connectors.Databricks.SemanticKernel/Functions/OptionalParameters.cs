using System.Text.Json.Nodes;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>
/// Lets optional properties be null. A strict schema requires every property, so null is how a model leaves one out; without it the model
/// would have to make a value up.
/// </summary>
internal static class OptionalParameters
{
    /// <summary>Changes a schema and those of its properties.</summary>
    public static void AllowNull(JsonObject schema)
    {
        if (schema["properties"] is JsonObject properties)
        {
            var required = schema["required"] is JsonArray names ? names.Select(name => (string?)name).ToHashSet() : [];
            foreach (var (name, property) in properties)
            {
                if (property is JsonObject optional && !required.Contains(name))
                {
                    AllowNullItself(optional);
                }
            }
        }

        foreach (var child in schema.Select(member => member.Value).ToList())
        {
            AllowNullWithin(child);
        }
    }

    private static void AllowNullWithin(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject schema:
                AllowNull(schema);
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    AllowNullWithin(item);
                }

                break;
        }
    }

    private static void AllowNullItself(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray choices)
        {
            choices.Add(new JsonObject { ["type"] = "null" });
        }

        if (schema["type"] is JsonArray types && !types.Any(type => (string?)type == "null"))
        {
            types.Add("null");
        }
        else if (schema["type"] is JsonValue type && (string?)type != "null")
        {
            schema["type"] = new JsonArray((string?)type, "null");
        }

        if (schema["enum"] is JsonArray values && values.All(value => value is not null))
        {
            values.Add(null);
        }
    }
}
