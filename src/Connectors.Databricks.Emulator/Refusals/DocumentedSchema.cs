using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>The documented limits of a tool's schema [okf:function-calling]; real endpoints often accept more.</summary>
internal static class DocumentedSchema
{
    private const int MostKeys = 16;

    private static readonly string[] Unsupported = ["pattern", "anyOf", "oneOf", "allOf", "prefixItems", "$ref"];

    public static IEnumerable<string> Broken(Wording say, JsonObject schema, int index)
    {
        string place = $"tools.{index}.function.parameters";
        int keys = Objects(schema).Sum(child => child["properties"] is JsonObject properties ? properties.Count : 0);
        if (keys > MostKeys)
        {
            yield return say.Invalid(place, $"a JSON schema may have at most {MostKeys} keys, got {keys}");
        }

        string? word = Objects(schema).SelectMany(child => child.Select(member => member.Key)).FirstOrDefault(Unsupported.Contains);
        if (word is not null)
        {
            yield return say.Invalid(place, $"JSON schema keyword '{word}' is not supported");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => Objects(member.Value)).Prepend(json),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };
}
