using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Finds the record of an earlier tool result whose name a question has: "Is fraud-v2 ready?" after a list of endpoints.</summary>
internal static class ResultRecords
{
    private const int DeepestLevel = 4;
    private const int ShortestName = 4;

    /// <returns>The members of the latest record; null when no record is named.</returns>
    public static string? About(string question, IEnumerable<string> results) =>
        results.Reverse().Select(Parse).SelectMany(result => Records(result, 0))
            .Where(record => Name(record) is { Length: >= ShortestName } name && IsNamed(name, question))
            .MaxBy(record => Name(record)!.Length) is { } found
            ? $"{Name(found)}: {string.Join(", ", found.Where(member => member.Key != "name").Select(ReadableJson.Member))}."
            : null;

    public static bool IsJson(string result) => Parse(result) is JsonObject or JsonArray;

    private static JsonNode? Parse(string result)
    {
        try
        {
            return JsonNode.Parse(result);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonObject> Records(JsonNode? node, int level)
    {
        if (level > DeepestLevel)
        {
            return [];
        }

        return node switch
        {
            JsonObject document => document.SelectMany(member => Records(member.Value, level + 1)).Prepend(document),
            JsonArray array => array.SelectMany(item => Records(item, level + 1)),
            _ => [],
        };
    }

    private static string? Name(JsonObject record) => record["name"].Text();

    private static bool IsNamed(string name, string question)
    {
        var index = question.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return index >= 0 && !GoesOn(question, index - 1) && !GoesOn(question, index + name.Length);
    }

    private static bool GoesOn(string text, int index) =>
        index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] is '-' or '_');
}
