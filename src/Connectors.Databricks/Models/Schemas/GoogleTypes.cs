using System.Globalization;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>The types of Google's schema, and the keywords that belong to each ([googleapis], serving reference §3.5).</summary>
internal static class GoogleTypes
{
    private static readonly string[] All = ["string", "number", "integer", "boolean", "array", "object"];

    /// <summary>Keywords that every type may have.</summary>
    private static readonly string[] Neutral = ["type", "title", "description", "nullable", "default", "example"];

    public static bool IsType(string? name) => name is not null && All.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static bool IsNeutral(string keyword) => Neutral.Contains(keyword);

    /// <summary>Whether a keyword constrains values of a type; without a type, of any.</summary>
    public static bool Constrains(string keyword, string? type) => IsNeutral(keyword) || type is null || keyword switch
    {
        "properties" or "required" or "minProperties" or "maxProperties" or "propertyOrdering" => Is(type, "object"),
        "items" or "minItems" or "maxItems" => Is(type, "array"),
        "enum" or "pattern" or "minLength" or "maxLength" => Is(type, "string"),
        "minimum" or "maximum" => Is(type, "number") || Is(type, "integer"),
        "format" => !Is(type, "object") && !Is(type, "array") && !Is(type, "boolean"),
        _ => false,
    };

    /// <summary>Returns the type that the keywords of a schema imply, or null when none does.</summary>
    public static string? Implied(JsonObject schema) =>
        Has(schema, "properties", "required", "minProperties", "maxProperties") ? "object" :
        Has(schema, "items", "minItems", "maxItems") ? "array" :
        Has(schema, "enum", "pattern", "minLength", "maxLength") ? "string" :
        Has(schema, "minimum", "maximum") ? "number" :
        schema["format"].Text() switch
        {
            "int32" or "int64" => "integer",
            "float" or "double" => "number",
            null => null,
            _ => "string",
        };

    /// <summary>Returns the type that both of two schemas allow, or null when there is none.</summary>
    public static bool TryIntersect(string? first, string? second, out string? common)
    {
        common = first is null || (second is not null && Is(second, "integer") && Is(first, "number")) ? second : first;
        return first is null || second is null || Is(first, second) ||
            (Is(common!, "integer") && (Is(first, "number") || Is(second, "number")));
    }

    /// <summary>Returns a schema for any JSON value. Google requires a type, and an array requires the type of its items.</summary>
    public static JsonObject Any() => Choice([.. Scalars(), new JsonObject { ["type"] = "array", ["items"] = Choice([.. Scalars()]) }]);

    /// <summary>Whether a value has the kind that a keyword requires.</summary>
    public static bool HasKind(string keyword, JsonNode? value) => keyword switch
    {
        "title" or "description" or "pattern" or "format" => value.Text() is not null,
        "nullable" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "required" or "propertyOrdering" => value is JsonArray names && names.All(name => name.Text() is not null),
        "enum" => value is JsonArray,
        "minItems" or "maxItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties" => CountOf(value) is not null,
        "minimum" or "maximum" => NumberOf(value) is not null,
        _ => true,
    };

    public static double? NumberOf(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number &&
        double.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed)
            ? parsed
            : null;

    private static long? CountOf(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number &&
        long.TryParse(number.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    private static bool Is(string type, string other) => string.Equals(type, other, StringComparison.OrdinalIgnoreCase);

    private static bool Has(JsonObject schema, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (schema.ContainsKey(keyword))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<JsonNode> Scalars() =>
        ((string[])["string", "number", "boolean", "object"]).Select(type => (JsonNode)new JsonObject { ["type"] = type });

    private static JsonObject Choice(JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
