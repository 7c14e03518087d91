using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>What Anthropic and OpenAI reject in the parameters of tools (§3.5, §3.10); Google's rules are in their own file.</summary>
internal static partial class HostSchemaRules
{
    /// <summary>[issue claude-code#44788] [issue composio#3500].</summary>
    public static IEnumerable<string> Anthropic(IReadOnlyList<ToolDefinition> tools)
    {
        foreach ((var index, var tool) in tools.Index())
        {
            if (tool.Parameters is not { } root)
            {
                continue;
            }

            var place = $"tools.{index}.custom.input_schema";
            if (((string[])["oneOf", "allOf", "anyOf"]).Any(root.ContainsKey))
            {
                yield return $"{place}: input_schema does not support oneOf, allOf, or anyOf at the top level";
            }

            if (root.Object("properties")?.Any(property => !Key().IsMatch(property.Key)) is true)
            {
                yield return $"{place}.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{{1,64}}$'";
            }
        }
    }

    /// <summary>[issue langchainjs#9804] [issue aichat#1049] [issue trae-agent#173].</summary>
    public static IEnumerable<(string Text, string Param, string? Code)> OpenAI(IReadOnlyList<ToolDefinition> tools)
    {
        foreach ((var index, var tool) in tools.Index())
        {
            if (tool.Parameters is not { } root)
            {
                continue;
            }

            var isStrict = tool.Function.Flag("strict") is true;
            var wrong = ((string[])["oneOf", "anyOf", "allOf", "enum", "not"]).Any(root.ContainsKey)
                ? ["schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level."]
                : Wrong(root, "", isStrict);
            foreach (var text in wrong)
            {
                yield return (
                    $"Invalid schema for function '{tool.Name}': {text}",
                    $"tools[{index}].function.parameters",
                    "invalid_function_parameters");
            }
        }
    }

    private static IEnumerable<string> Wrong(JsonObject schema, string context, bool isStrict)
    {
        if (schema.Text("type") == "array" && !schema.IsGiven("items"))
        {
            yield return $"In context=({context}), array schema missing items.";
        }

        var properties = schema.Object("properties") ?? [];
        if (isStrict && schema.Text("type") == "object" && schema.Flag("additionalProperties") is not false)
        {
            yield return $"In context=({context}), 'additionalProperties' is required to be supplied and to be false.";
        }

        if (isStrict && properties.FirstOrDefault(property => !Names(schema).Contains(property.Key)) is { Key: { } missing })
        {
            yield return $"In context=({context}), 'required' is required to be supplied and to be an array including every key in "
                + $"properties. Missing '{missing}'.";
        }

        IEnumerable<(string Context, JsonObject? Schema)> children =
        [
            .. properties.Select(property => ($"'properties', '{property.Key}'", property.Value as JsonObject)),
            .. schema.Objects("anyOf").Select((choice, index) => ($"'anyOf', '{index}'", (JsonObject?)choice)),
            ("'items'", schema.Object("items")),
        ];
        foreach (var (place, child) in children)
        {
            foreach (var text in child is null ? [] : Wrong(child, context.Length == 0 ? place : $"{context}, {place}", isStrict))
            {
                yield return text;
            }
        }
    }

    private static IEnumerable<string?> Names(JsonObject schema) => (schema["required"] as JsonArray ?? []).Select(name => name.Text());

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,64}$")]
    private static partial Regex Key();
}
