using System.Text.Json;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Decides whether a schema can be strict: OpenAI requires closed objects with every property required, a type in each schema, and none of
/// the keywords below ([issue bytedance/trae-agent#173], serving reference §3.8).
/// </summary>
internal static class StrictSchema
{
    private static readonly string[] Rejected =
        ["allOf", "oneOf", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "prefixItems"];

    /// <param name="schema">The schema after the transformation for strict mode.</param>
    /// <returns>Why it cannot be strict, or null when it can.</returns>
    public static string? Obstacle(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object ? "it is no object" :
        schema.TryGetProperty("anyOf", out _) ? "anyOf at the root" :
        schema.TryGetProperty("$ref", out _) ? "$ref at the root" :
        Check(schema, "#", isRoot: true);

    private static string? Check(JsonElement schema, string path, bool isRoot = false)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return $"any value at {path}";
        }

        foreach (var keyword in Rejected)
        {
            if (schema.TryGetProperty(keyword, out _))
            {
                return $"{keyword} at {path}";
            }
        }

        if (schema.TryGetProperty("$ref", out _))
        {
            return schema.EnumerateObject().Count() == 1 ? null : $"keywords next to $ref at {path}";
        }

        if (schema.TryGetProperty("anyOf", out var choices))
        {
            return CheckAll(choices, $"{path}/anyOf");
        }

        // The root of tool parameters gets its type when it is written.
        if (!schema.TryGetProperty("type", out var type) && !isRoot)
        {
            return $"no type at {path}";
        }

        return (Has(type, "object"u8) || isRoot ? CheckObject(schema, path, isRoot) : null) ??
            (Has(type, "array"u8) ? CheckItems(schema, path) : null) ??
            CheckDefinitions(schema, path);
    }

    private static string? CheckObject(JsonElement schema, string path, bool isRoot)
    {
        var hasProperties = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var isClosed = schema.TryGetProperty("additionalProperties", out var additional);
        if (isClosed ? additional.ValueKind != JsonValueKind.False : hasProperties || !isRoot)
        {
            return $"an object with additional properties at {path}";
        }

        foreach (var property in hasProperties ? properties.EnumerateObject() : default)
        {
            if (Check(property.Value, $"{path}/properties/{property.Name}") is { } obstacle)
            {
                return obstacle;
            }
        }

        return null;
    }

    private static string? CheckItems(JsonElement schema, string path) =>
        schema.TryGetProperty("items", out var items) ? Check(items, $"{path}/items") : $"an array without items at {path}";

    private static string? CheckDefinitions(JsonElement schema, string path)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["$defs", "definitions"])
        {
            if (schema.TryGetProperty(keyword, out var definitions) && definitions.ValueKind == JsonValueKind.Object)
            {
                foreach (var definition in definitions.EnumerateObject())
                {
                    if (Check(definition.Value, $"{path}/{keyword}/{definition.Name}") is { } obstacle)
                    {
                        return obstacle;
                    }
                }
            }
        }

        return null;
    }

    private static string? CheckAll(JsonElement schemas, string path)
    {
        var index = 0;
        foreach (var schema in schemas.ValueKind == JsonValueKind.Array ? schemas.EnumerateArray() : default)
        {
            if (Check(schema, $"{path}/{index++}") is { } obstacle)
            {
                return obstacle;
            }
        }

        return null;
    }

    private static bool Has(JsonElement type, ReadOnlySpan<byte> name)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return type.ValueEquals(name);
        }

        if (type.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in type.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String && item.ValueEquals(name))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
