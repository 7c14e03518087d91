using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Models.Schemas.Checkers;

/// <summary>
/// Checks a schema against the message <c>Schema</c> that Gemini's two hosts share
/// (https://github.com/googleapis/googleapis: google/ai/generativelanguage/v1beta/content.proto, google/cloud/aiplatform/v1/openapi.proto),
/// and against the relations that their errors state. Written from those, not from the rewriter.
/// </summary>
internal static class GoogleSchemaChecker
{
    // Fields of the message, by the kind of their JSON.
    private static readonly Dictionary<string, Func<JsonNode?, bool>> Fields = new(StringComparer.Ordinal)
    {
        ["type"] = IsText, ["format"] = IsText, ["title"] = IsText, ["description"] = IsText, ["pattern"] = IsText,
        ["nullable"] = value => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        ["enum"] = IsTexts, ["required"] = IsTexts, ["propertyOrdering"] = IsTexts,
        ["items"] = value => value is JsonObject,
        ["properties"] = value => value is JsonObject members && members.All(member => member.Value is JsonObject),
        ["anyOf"] = value => value is JsonArray list && list.All(item => item is JsonObject),
        ["minItems"] = IsCount, ["maxItems"] = IsCount, ["minLength"] = IsCount, ["maxLength"] = IsCount, ["minProperties"] = IsCount,
        ["maxProperties"] = IsCount, ["minimum"] = IsNumber, ["maximum"] = IsNumber, ["example"] = _ => true, ["default"] = _ => true,
    };

    // Of Vertex; the other host has NULL too.
    private static readonly string[] Types = ["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT"];

    private static readonly (string Type, string[] Fields)[] OfType =
    [
        ("OBJECT", ["properties", "required", "minProperties", "maxProperties", "propertyOrdering"]),
        ("ARRAY", ["items", "minItems", "maxItems"]),
        ("STRING", ["enum", "pattern", "minLength", "maxLength"]),
    ];

    /// <param name="parameters">The parameters of a function declaration.</param>
    /// <returns>What is wrong, in the words of Google's errors.</returns>
    public static List<string> Parameters(JsonNode parameters)
    {
        List<string> problems = [.. Problems(parameters.AsObject(), "parameters")];
        if (!Is(parameters.AsObject(), "OBJECT"))
        {
            // https://github.com/diegosouzapw/OmniRoute/pull/3360
            problems.Add("functionDeclaration parameters schema should be of type OBJECT");
        }

        return problems;
    }

    public static List<string> Format(JsonNode schema) => [.. Problems(schema.AsObject(), "response_schema")];

    private static IEnumerable<string> Problems(JsonObject schema, string path)
    {
        var wrong = schema.Where(member => !Fields.TryGetValue(member.Key, out var isKind) || !isKind(member.Value))
            .Select(member => member.Key).ToList();
        if (wrong.Count > 0)
        {
            // Parsing ends at the message itself.
            return wrong.Select(name => $"Unknown name or invalid value \"{name}\" at '{path}'");
        }

        return schema["anyOf"] is JsonArray choices ? Choice(schema, choices, path) : Typed(schema, path);
    }

    private static IEnumerable<string> Choice(JsonObject schema, JsonArray choices, string path)
    {
        if (schema.Count > 1)
        {
            // https://github.com/BerriAI/litellm/issues/11164, https://github.com/anomalyco/opencode/issues/15795
            yield return $"{path} schema specified other fields alongside any_of. When using any_of, it must be the only field set.";
        }

        if (choices.Count == 0)
        {
            yield return $"{path}.any_of: empty";
        }

        foreach (var (index, choice) in choices.Index())
        {
            foreach (var problem in Problems(choice!.AsObject(), $"{path}.any_of[{index}]"))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Typed(JsonObject schema, string path)
    {
        var type = ((string?)schema["type"])?.ToUpperInvariant();
        if (!Types.Contains(type))
        {
            // https://github.com/google-gemini/gemini-cli/issues/4400; the field is required in the message.
            yield return $"{path} schema didn't specify the schema type field";
            yield break;
        }

        foreach (var (owner, fields) in OfType)
        {
            foreach (var field in fields.Where(field => owner != type && schema.ContainsKey(field)))
            {
                // https://github.com/musistudio/llms/pull/20, for enum
                yield return $"{path}.{field}: only allowed for {owner} type";
            }
        }

        if (type is not ("NUMBER" or "INTEGER") && (schema.ContainsKey("minimum") || schema.ContainsKey("maximum")))
        {
            yield return $"{path}.minimum: only allowed for NUMBER type";
        }

        foreach (var problem in Values(schema, type!, path).Concat(Children(schema, type!, path)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Values(JsonObject schema, string type, string path)
    {
        var values = schema["enum"]?.AsArray().Select(value => (string)value!).ToList();
        if (values?.IndexOf(string.Empty) is >= 0 and var empty)
        {
            // https://github.com/anomalyco/opencode/pull/46676
            yield return $"{path}.enum[{empty}]: cannot be empty";
        }

        if (values is { Count: 0 } || ((string?)schema["format"] == "enum" && values is null))
        {
            // https://github.com/elastic/kibana/pull/286302
            yield return $"{path}.enum: should be non-empty for STRING type with enum format";
        }

        // https://github.com/google-gemini/gemini-cli/issues/3178
        string[] formats = type switch
        {
            "STRING" => ["enum", "date-time"],
            "INTEGER" => ["int32", "int64"],
            "NUMBER" => ["float", "double"],
            _ => [],
        };
        if ((string?)schema["format"] is { } format && !formats.Contains(format))
        {
            yield return $"{path}.format: only {string.Join(", ", formats)} are supported for {type} type";
        }

        foreach (var name in (string[])["Items", "Length", "Properties"])
        {
            if ((long?)schema[$"min{name}"] > (long?)schema[$"max{name}"])
            {
                yield return $"{path}: min{name} exceeds max{name}";
            }
        }

        if (Number(schema["minimum"]) > Number(schema["maximum"]))
        {
            yield return $"{path}: minimum exceeds maximum";
        }
    }

    private static IEnumerable<string> Children(JsonObject schema, string type, string path)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var field in (string[])["required", "propertyOrdering"])
        {
            foreach (var (index, name) in (schema[field]?.AsArray() ?? []).Index())
            {
                if (!properties.ContainsKey((string)name!))
                {
                    // https://github.com/probelabs/probe/issues/569
                    yield return $"{path}.{field}[{index}]: property is not defined";
                }
            }
        }

        if (type == "ARRAY" && schema["items"] is null)
        {
            // https://github.com/AstrBotDevs/AstrBot/issues/6029
            yield return $"{path}.items: missing field.";
        }

        IEnumerable<(string Path, JsonNode Schema)> children =
            properties.Select(property => ($"{path}.properties[{property.Key}]", property.Value!));
        foreach (var (place, child) in schema["items"] is { } items ? children.Append(($"{path}.items", items)) : children)
        {
            foreach (var problem in Problems(child.AsObject(), place))
            {
                yield return problem;
            }
        }
    }

    private static bool Is(JsonObject schema, string type) =>
        schema["type"] is { } node && IsText(node) && string.Equals((string)node!, type, StringComparison.OrdinalIgnoreCase);

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static bool IsTexts(JsonNode? value) => value is JsonArray list && list.All(IsText);

    private static bool IsNumber(JsonNode? value) => Number(value) is not null;

    private static bool IsCount(JsonNode? value) => Number(value) is >= 0 and var number && number == Math.Floor(number);

    private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? (double)value : null;
}
