using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Formats JSON as readable text: "sky: rain, wind: (speed: 9, from: west)".</summary>
internal static class ReadableJson
{
    public static string Members(JsonObject json) => json.Count == 0 ? "nothing" : string.Join(", ", json.Select(Member));

    public static string Member(KeyValuePair<string, JsonNode?> member) => $"{member.Key}: {Value(member.Value)}";

    public static string Items(JsonArray array) => array switch
    {
        [] => "nothing",
        _ when array.All(item => item is JsonObject) => string.Join("; ", array.OfType<JsonObject>().Select(Members)),
        _ => string.Join(", ", array.Select(Value)),
    };

    public static string Value(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject json => $"({Members(json)})",
        JsonArray array => $"({Items(array)})",
        _ => node.Text() ?? node.ToJsonString(),
    };
}
