using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Words that Google's schema shares with JSON Schema but takes with fewer values.</summary>
internal static class GoogleSchemaKeywords
{
    /// <summary>Values are strings, in a schema of type string ([issue azure-devops-mcp#139] [issue 9router#380]).</summary>
    /// <returns>Whether they can be said.</returns>
    public static bool TakeEnum(JsonObject result, JsonArray values, ISet<string> changes)
    {
        var texts = values.Select(SchemaNodes.Text).OfType<string>().ToList();
        var nulls = values.Count(value => value is null);
        if (texts.Count == 0 || texts.Count + nulls < values.Count)
        {
            return false;
        }

        if (nulls > 0 || !result.ContainsKey("type"))
        {
            changes.Add("enum");
        }

        if (nulls > 0)
        {
            result["nullable"] = true;
        }

        result["type"] ??= "string";
        result["enum"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]);
        return true;
    }

    /// <summary>A text has few formats that Google knows, and any other is a 400 ([issue gemini-cli#3178]).</summary>
    /// <returns>Whether it can be said.</returns>
    public static bool TakeFormat(JsonObject result, JsonNode? value)
    {
        var isKnown = (result["type"].Text(), value.Text()) is
            ("string", "enum" or "date-time") or ("integer", "int32" or "int64") or ("number", "float" or "double");
        if (isKnown)
        {
            result["format"] = value!.DeepClone();
        }

        return isKnown;
    }

    /// <summary>A whole number above five is at least six.</summary>
    /// <returns>Whether it can be said.</returns>
    public static bool TakeBound(JsonObject result, string word, JsonNode? value)
    {
        if (result["type"].Text() != "integer" || value is not JsonValue number || !number.TryGetValue(out long bound) ||
            bound is long.MinValue or long.MaxValue)
        {
            return false;
        }

        var isLower = word == "exclusiveMinimum";
        var name = isLower ? "minimum" : "maximum";
        var nearest = isLower ? bound + 1 : bound - 1;
        if (result[name] is JsonValue other && other.TryGetValue(out long known))
        {
            nearest = isLower ? Math.Max(nearest, known) : Math.Min(nearest, known);
        }

        result[name] = nearest;
        return true;
    }
}
