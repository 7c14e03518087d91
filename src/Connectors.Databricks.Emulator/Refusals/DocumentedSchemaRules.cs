using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>The documented limits of schemas [okf:function-calling]. Unconfirmed: that and how an endpoint enforces them (§17).</summary>
internal static class DocumentedSchemaRules
{
    private static readonly string[] Unsupported = ["pattern", "anyOf", "oneOf", "allOf", "prefixItems", "$ref"];

    public static IEnumerable<string> Violations(ErrorMessages say, JsonObject schema, string place, int mostKeys)
    {
        var keys = Objects(schema).Sum(child => child["properties"] is JsonObject properties ? properties.Count : 0);
        if (keys > mostKeys)
        {
            yield return say.Invalid(place, $"a JSON schema may have at most {mostKeys} keys, got {keys}");
        }

        var word = Objects(schema).SelectMany(child => child.Select(member => member.Key)).FirstOrDefault(Unsupported.Contains);
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
