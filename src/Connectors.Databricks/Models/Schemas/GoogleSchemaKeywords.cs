using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Keywords that Google's schema shares with JSON Schema but accepts with fewer values.</summary>
internal static class GoogleSchemaKeywords
{
    /// <summary>Values must be strings, and the schema of type string ([issue azure-devops-mcp#139] [issue 9router#380]).</summary>
    /// <returns>Whether Google's schema can express the values.</returns>
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
        SchemaNodes.Add(result, "enum", new JsonArray([.. texts.Select(text => (JsonNode)text)]));
        return true;
    }

    /// <summary>Whether Google accepts a format for a type.</summary>
    public static bool IsFormat(string? type, string? format) => (type?.ToUpperInvariant(), format) is
        ("STRING", "enum" or "date-time") or ("INTEGER", "int32" or "int64") or ("NUMBER", "float" or "double");

    /// <summary>Google supports few string formats; any other is rejected with 400 ([issue gemini-cli#3178]).</summary>
    /// <returns>Whether Google's schema can express the format.</returns>
    public static bool TakeFormat(JsonObject result, JsonNode? value)
    {
        var isKnown = IsFormat(result["type"].Text(), value.Text()) ||
            (!result.ContainsKey("type") && value.Text() is "date-time" or "int32" or "int64" or "float" or "double");
        if (isKnown)
        {
            result["format"] = value!.DeepClone();
        }

        return isKnown;
    }

    /// <summary>Keeps the type that a keyword without an equivalent implies, so that only the constraint is lost.</summary>
    public static void ImplyType(JsonObject result, string keyword, JsonNode? value)
    {
        if (result.ContainsKey("type") || result.ContainsKey("anyOf"))
        {
            return;
        }

        var type = keyword switch
        {
            "const" => TypeOf([value]),
            "enum" when value is JsonArray values => TypeOf([.. values]),
            "additionalProperties" or "patternProperties" or "propertyNames" => "object",
            "contains" or "uniqueItems" => "array",
            "multipleOf" => "number",
            _ => null,
        };
        if (type is not null)
        {
            result["type"] = type;
        }
    }

    private static string? TypeOf(List<JsonNode?> values)
    {
        var kinds = values.Where(value => value is not null).Select(value => value!.GetValueKind()).Distinct().ToList();
        return kinds switch
        {
            [JsonValueKind.Number] => values.TrueForAll(IsIntegerOrNull) ? "integer" : "number",
            [JsonValueKind.True or JsonValueKind.False] => "boolean",
            [JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False] => "boolean",
            [JsonValueKind.Object] => "object",
            [JsonValueKind.Array] => "array",
            [JsonValueKind.String] => "string",
            _ => null,
        };
    }

    private static bool IsIntegerOrNull(JsonNode? value) =>
        value is null || value.ToString().All(static c => char.IsAsciiDigit(c) || c == '-');

    /// <summary>An exclusive bound of an integer is the inclusive bound of its neighbor.</summary>
    /// <returns>Whether Google's schema can express the bound.</returns>
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
