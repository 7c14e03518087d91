using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>
/// The words of a schema that a model can read: descriptions, names of properties, values. Those that only explain are left out.
/// </summary>
internal static class SchemaWords
{
    private static readonly string[] Silent =
        ["$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "examples", "title", "$ref"];

    private static readonly string[] Maps = ["properties", "patternProperties", "dependentSchemas"];

    public static IEnumerable<string> Of(JsonNode node) => node switch
    {
        JsonObject schema => schema.Where(member => !Silent.Contains(member.Key)).SelectMany(member => Keyword(member.Key, member.Value)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Of(item!)),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [(string)value!],
        _ => [],
    };

    private static IEnumerable<string> Keyword(string keyword, JsonNode? value) => (keyword, value) switch
    {
        // A type may be left out with a value that no schema has.
        (_, null) or ("type" or "format", _) => [],
        (_, JsonObject map) when Maps.Contains(keyword) => map.Where(member => member.Value is JsonObject)
            .SelectMany(member => Of(member.Value!).Append(member.Key)),
        _ => Of(value),
    };
}
