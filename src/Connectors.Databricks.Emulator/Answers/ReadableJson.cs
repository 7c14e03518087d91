using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Formats a JSON document as readable text: "sky: rain, wind: (speed: 9, from: west)".</summary>
internal static class ReadableJson
{
    /// <summary>Returns other text unchanged.</summary>
    public static string Format(string text)
    {
        try
        {
            return JsonNode.Parse(text) switch
            {
                JsonObject json => Members(json),
                JsonArray array => Items(array),
                JsonNode node => Value(node),
                null => "nothing",
            };
        }
        catch (JsonException)
        {
            return text.Trim();
        }
    }

    private static string Members(JsonObject json) =>
        json.Count == 0 ? "nothing" : string.Join(", ", json.Select(member => $"{member.Key}: {Value(member.Value)}"));

    private static string Items(JsonArray array) => array switch
    {
        [] => "nothing",
        _ when array.All(item => item is JsonObject) => string.Join("; ", array.OfType<JsonObject>().Select(Members)),
        _ => string.Join(", ", array.Select(Value)),
    };

    private static string Value(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject json => $"({Members(json)})",
        JsonArray array => $"({Items(array)})",
        _ => node.Text() ?? node.ToJsonString(),
    };
}
