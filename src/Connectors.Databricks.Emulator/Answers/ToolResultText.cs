using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Writes sentences about tool results: "The number of lines in README.md is 120."</summary>
internal static partial class ToolResultText
{
    private const int MaxItems = 10;
    private const int MaxDetails = 3;

    public static string About(IReadOnlyList<(RequestedToolCall? Call, string Result)> results)
    {
        List<string> texts = [.. results.Select(result => About(ToolSubject.Of(result.Call), result.Result.Trim()))];
        return string.Join(texts.Exists(text => text.Contains('\n', StringComparison.Ordinal)) ? "\n\n" : " ", texts);
    }

    private static string About(ToolSubject subject, string result)
    {
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(result);
        }
        catch (JsonException)
        {
            return Plain(subject, result);
        }

        return json switch
        {
            null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => $"I found no {subject.Noun}{subject.For}.",
            JsonArray array => Items(subject.Noun, subject.For, array),
            JsonObject { Count: 1 } failure when failure.Text("error") is string error =>
                EndSentence($"I could not get the {subject.Noun}{subject.For}: {error}"),
            JsonObject document when ListOf(document) is { } list => Items(list.Key.Replace('_', ' '), subject.For, list.Value),
            JsonObject document => EndSentence($"Here is the {subject.Noun}{subject.For}: {ReadableJson.Members(document)}"),
            _ when json.GetValueKind() == JsonValueKind.String => Plain(subject, json.Text()!),
            _ when json.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                $"{(json.GetValue<bool>() ? "Yes" : "No")}: {subject.Noun}{subject.For} is {ReadableJson.Value(json)}.",
            _ => subject.Counts
                ? $"The number of {subject.Noun}{subject.In} is {ReadableJson.Value(json)}."
                : $"The {subject.Noun}{subject.For} is {ReadableJson.Value(json)}.",
        };
    }

    // A result that is a sentence is a good response already.
    private static string Plain(ToolSubject subject, string text) =>
        text.Length == 0 ? $"I found no {subject.Noun}{subject.For}."
        : IsSentence(text) ? text
        : DateTimeOffset.TryParse(text, null, out _) ? $"The {subject.Noun}{subject.For} is {SecondFraction().Replace(text, "")}."
        : EndSentence($"Here is the {subject.Noun}{(subject.IsNamedIn(text) ? "" : subject.For)}: {text}");

    /// <summary>The list of a result that is a list and, perhaps, its count: not that of something with a name.</summary>
    private static KeyValuePair<string, JsonArray>? ListOf(JsonObject document)
    {
        if (document.ContainsKey("name"))
        {
            return null;
        }

        List<KeyValuePair<string, JsonArray>> lists =
        [
            .. from member in document
               where member.Value is JsonArray { Count: > 0 } array && array.All(item => item is JsonObject)
               select KeyValuePair.Create(member.Key, (JsonArray)member.Value!),
        ];
        return lists is [var only] ? only : null;
    }

    private static string Items(string noun, string about, JsonArray array)
    {
        if (!array.All(item => item is JsonObject))
        {
            return EndSentence($"Here is the {noun}{about}: {ReadableJson.Items(array)}");
        }

        var count = array.Count == 1 ? $"I found 1 result for {noun}" : $"I found {array.Count} {noun}";
        var lines = array.OfType<JsonObject>().Take(MaxItems).Select(item => $"- {Item(item)}");
        var rest = array.Count > MaxItems ? $"\n- and {array.Count - MaxItems} more" : "";
        return $"{count}{about}:\n{string.Join('\n', lines)}{rest}";
    }

    private static string Item(JsonObject item)
    {
        var label = item.FirstOrDefault(member => member.Key is "name" or "title" or "id").Key ?? item.FirstOrDefault().Key;
        if (label is null)
        {
            return "nothing";
        }

        var details = string.Join(
            ", ", item.Where(member => member.Key != label).Take(MaxDetails).Select(ReadableJson.Member));
        var name = label is "name" or "title" or "id" ? ReadableJson.Value(item[label]) : $"{label} {ReadableJson.Value(item[label])}";
        return details.Length == 0 ? name : $"{name} ({details})";
    }

    [GeneratedRegex(@"(?<=:\d{2})\.\d+")]
    private static partial Regex SecondFraction();

    private static bool IsSentence(string text) => text[^1] is '.' or '!' or '?';

    private static string EndSentence(string text) => IsSentence(text) ? text : text + ".";
}
