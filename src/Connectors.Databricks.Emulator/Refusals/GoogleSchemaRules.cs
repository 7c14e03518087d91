using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Schema keywords that Gemini's host rejects, with its messages [issue unity-gateway#491].</summary>
internal static class GoogleSchemaRules
{
    // Unconfirmed: exclusiveMaximum, which follows from its twin.
    private static readonly string[] SeenOnDatabricks = ["$schema", "exclusiveMinimum", "exclusiveMaximum"];

    // [issue openswarm#24] [issue zed#44875]: refused by Google itself. Unconfirmed: that Databricks passes them on, see the option.
    private static readonly string[] RefusedByGoogle =
        ["additionalProperties", "const", "$defs", "definitions", "propertyNames", "examples"];

    public static IEnumerable<string> Unknown(JsonObject schema, string place, bool isStrict)
    {
        foreach ((var word, var value) in schema)
        {
            if (SeenOnDatabricks.Contains(word) || (isStrict && RefusedByGoogle.Contains(word)))
            {
                yield return $"Invalid JSON payload received. Unknown name \"{word}\" at '{place}': Cannot find field.";
            }

            if (isStrict && word == "type" && value is JsonArray)
            {
                yield return $"Invalid JSON payload received. Unknown name \"type\" at '{place}': "
                    + "Proto field is not repeating, cannot start list.";
            }
        }

        if (isStrict && schema.Text("type") == "array" && !schema.IsGiven("items"))
        {
            yield return $"Invalid value at '{place}.items': missing field.";
        }

        foreach (var wrong in isStrict ? Values(schema, place).Concat(Relations(schema, place)) : [])
        {
            yield return wrong;
        }

        foreach ((var index, var choice) in schema.Objects("anyOf").Index())
        {
            foreach (var unknown in Unknown(choice, $"{place}.any_of[{index}]", isStrict))
            {
                yield return unknown;
            }
        }

        if (schema.Object("properties") is JsonObject properties)
        {
            foreach ((var index, var property) in properties.Index())
            {
                if (property.Value is JsonObject child)
                {
                    foreach (var unknown in Unknown(child, $"{place}.properties[{index}].value", isStrict))
                    {
                        yield return unknown;
                    }
                }
            }
        }

        if (schema.Object("items") is JsonObject items)
        {
            foreach (var unknown in Unknown(items, $"{place}.items", isStrict))
            {
                yield return unknown;
            }
        }
    }

    // [issue azure-devops-mcp#139] [issue 9router#380] [issue gemini-cli#3178]: refused by Google itself. Unconfirmed: that Databricks
    // passes them on, and the words around the second.
    private static IEnumerable<string> Values(JsonObject schema, string place)
    {
        var values = schema["enum"] as JsonArray ?? [];
        foreach ((var index, var value) in values.Index())
        {
            if (value.Text() is null)
            {
                yield return $"Invalid value at '{place}.enum[{index}]' (TYPE_STRING), {value?.ToJsonString() ?? "null"}";
            }
        }

        if (values.Count > 0 && schema.Text("type") != "string")
        {
            yield return $"Invalid value at '{place}.enum': only allowed for STRING type";
        }

        if (schema.Text("type") == "string" && schema.Text("format") is not (null or "enum" or "date-time"))
        {
            yield return $"* GenerateContentRequest.{place}.format: only 'enum' and 'date-time' are supported for STRING type";
        }
    }

    // Refused by Google's two hosts. Unconfirmed: that Databricks passes them on.
    private static IEnumerable<string> Relations(JsonObject schema, string place)
    {
        var required = schema["required"] as JsonArray ?? [];
        foreach ((var index, var name) in required.Index())
        {
            if (schema.Object("properties")?.ContainsKey(name.Text() ?? "") is not true)
            {
                // [issue probe#569]
                yield return $"* GenerateContentRequest.{place}.required[{index}]: property is not defined";
            }
        }

        foreach ((var index, var value) in (schema["enum"] as JsonArray ?? []).Index())
        {
            if (value.Text() == "")
            {
                // [issue opencode#46676]
                yield return $"* GenerateContentRequest.{place}.enum[{index}]: cannot be empty";
            }
        }

        if (schema["enum"] is JsonArray { Count: 0 } || (schema.Text("format") == "enum" && !schema.IsGiven("enum")))
        {
            // https://github.com/elastic/kibana/pull/286302
            yield return $"* GenerateContentRequest.{place}.enum: should be non-empty for STRING type with enum format";
        }

        if (schema.IsGiven("anyOf") && schema.Count > 1)
        {
            // [issue litellm#11164]
            yield return $"Unable to submit request because `{place}` schema specified other fields alongside any_of. When using any_of, "
                + "it must be the only field set.";
        }

        if (!schema.IsGiven("type") && !schema.IsGiven("anyOf"))
        {
            // [issue gemini-cli#4400]
            yield return $"Unable to submit request because `{place}` schema didn't specify the schema type field.";
        }
    }
}
