using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Models.Schemas.Checkers;

/// <summary>
/// Checks the parameters of a tool as Anthropic and OpenAI do: against the meta-schema of JSON Schema 2020-12
/// (https://json-schema.org/draft/2020-12/schema), and against the limits of each host.
/// </summary>
internal static partial class StandardSchemaChecker
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];

    private static readonly string[] Schemas =
    [
        "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedProperties",
        "unevaluatedItems",
    ];

    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];

    private static readonly string[] Maps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

    /// <summary>https://github.com/anthropics/claude-code/issues/44788, https://github.com/ComposioHQ/composio/issues/3500.</summary>
    public static List<string> Anthropic(JsonNode parameters)
    {
        var root = parameters.AsObject();
        List<string> problems = [.. Problems(root, root, "#"), .. Root(root, ["oneOf", "allOf", "anyOf", "$ref"])];
        problems.AddRange((root["properties"] as JsonObject ?? []).Where(property => !AnthropicKey().IsMatch(property.Key))
            .Select(property => $"Property keys should match pattern: {property.Key}"));
        return problems;
    }

    /// <summary>https://github.com/langchain-ai/langchainjs/issues/9804, https://github.com/sigoden/aichat/pull/1049.</summary>
    public static List<string> OpenAI(JsonNode parameters)
    {
        var root = parameters.AsObject();
        return
        [
            .. Problems(root, root, "#"), .. Root(root, ["oneOf", "anyOf", "allOf", "enum", "not", "$ref"]), .. ArraysWithoutItems(root),
        ];
    }

    /// <summary>Of a response format: its root is not restricted further.</summary>
    public static List<string> Format(JsonNode schema, bool isOpenAI)
    {
        var root = schema.AsObject();
        return [.. Problems(root, root, "#"), .. isOpenAI ? ArraysWithoutItems(root) : []];
    }

    private static IEnumerable<string> ArraysWithoutItems(JsonObject root) =>
        All(root).Where(schema => IsOf(schema, "array") && !schema.ContainsKey("items")).Select(_ => "array schema missing items");

    // A root that is a reference has no type: "input_schema.type: Field required".
    private static IEnumerable<string> Root(JsonObject root, string[] rejected) =>
        rejected.Where(root.ContainsKey).Select(keyword => $"schema does not support {keyword} at the top level")
            .Concat(root["type"] is { } type && (!IsText(type) || (string?)type != "object") ? ["schema must be of type object"] : []);

    private static bool IsOf(JsonObject schema, string type) =>
        schema["type"] is JsonArray types ? types.Any(name => (string?)name == type) : (string?)schema["type"] == type;

    private static IEnumerable<string> Problems(JsonObject root, JsonNode? node, string path)
    {
        if (node is not JsonObject schema)
        {
            return node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [$"{path} is no schema"];
        }

        return schema.SelectMany(member => Keyword(root, member.Key, member.Value, $"{path}/{member.Key}"));
    }

    private static IEnumerable<string> Keyword(JsonObject root, string keyword, JsonNode? value, string path)
    {
        if (Schemas.Contains(keyword))
        {
            return Problems(root, value, path);
        }

        if (Lists.Contains(keyword))
        {
            return value is JsonArray { Count: > 0 } list
                ? list.SelectMany((item, index) => Problems(root, item, $"{path}/{index}"))
                : [path];
        }

        if (Maps.Contains(keyword))
        {
            return value is JsonObject map ? map.SelectMany(member => Problems(root, member.Value, $"{path}/{member.Key}")) : [path];
        }

        return IsAllowed(root, keyword, value) ? [] : [path];
    }

    private static bool IsAllowed(JsonObject root, string keyword, JsonNode? value) => keyword switch
    {
        "type" => value is JsonArray { Count: > 0 } names ? names.All(IsType) && AreDistinct(names) : IsType(value),
        "required" => value is JsonArray texts && texts.All(IsText) && AreDistinct(texts),
        "enum" => value is JsonArray,
        "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minContains" or "maxContains" =>
            Number(value) is >= 0 and var count && count == Math.Floor(count),
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => Number(value) is not null,
        "multipleOf" => Number(value) > 0,
        "title" or "description" or "pattern" or "format" or "$schema" or "$id" or "$comment" => IsText(value),
        "$ref" => IsText(value) && Leads(root, (string)value!),
        _ => true,
    };

    private static bool AreDistinct(JsonArray texts) => texts.Select(text => (string?)text).Distinct().Count() == texts.Count;

    private static bool Leads(JsonObject root, string reference)
    {
        JsonNode? node = root;
        foreach (var step in reference.Split('/').Skip(1).Select(Uri.UnescapeDataString))
        {
            node = node is JsonArray list
                ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                : (node as JsonObject)?[step];
        }

        return node is not null;
    }

    private static IEnumerable<JsonObject> All(JsonNode? node) => node is not JsonObject schema
        ? []
        : schema.SelectMany(member =>
                Schemas.Contains(member.Key) ? All(member.Value) :
                Lists.Contains(member.Key) && member.Value is JsonArray list ? list.SelectMany(All) :
                Maps.Contains(member.Key) && member.Value is JsonObject map ? map.SelectMany(child => All(child.Value)) : [])
            .Prepend(schema);

    private static bool IsType(JsonNode? value) => IsText(value) && Types.Contains((string?)value);

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? (double)value : null;

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,64}$")]
    private static partial Regex AnthropicKey();
}
