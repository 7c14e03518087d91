using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>
/// What a conversation says in either API, without what only its model understands: texts, calls and results, each in order.
/// </summary>
internal sealed record Said(string Texts, string Calls, string Results)
{
    /// <summary>Of input items, as a request or a response has them.</summary>
    public static Said InItems(IEnumerable<JsonNode> items)
    {
        List<string> texts = [];
        List<string> calls = [];
        List<string> results = [];
        foreach (var item in items)
        {
            switch ((string?)item["type"] ?? "message")
            {
                case "message":
                    texts.Add(Text(item["content"]));
                    break;
                case "function_call":
                    calls.Add($"{item["call_id"]} {item["name"]} {Arguments((string?)item["arguments"])}");
                    break;
                case "function_call_output":
                    results.Add($"{item["call_id"]} {Result(item["output"])}");
                    break;
            }
        }

        return Of(texts, calls, results);
    }

    /// <summary>Of the messages of a chat completion.</summary>
    public static Said InMessages(IEnumerable<JsonNode> messages)
    {
        List<string> texts = [];
        List<string> calls = [];
        List<string> results = [];
        foreach (var message in messages)
        {
            if (message["tool_call_id"] is { } id)
            {
                results.Add($"{id} {Result(message["content"])}");
                continue;
            }

            texts.Add(Text(message["content"]));
            calls.AddRange((message["tool_calls"]?.AsArray() ?? []).Select(
                call => $"{call!["id"]} {call["function"]!["name"]} {Arguments((string?)call["function"]!["arguments"])}"));
        }

        return Of(texts, calls, results);
    }

    /// <summary>Calls and results without their order.</summary>
    public Said Sorted() => this with { Calls = Sorted(Calls), Results = Sorted(Results) };

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));

    // Blank texts may be left out, and adjacent ones joined.
    private static Said Of(List<string> texts, List<string> calls, List<string> results) => new(
        string.Concat(string.Concat(texts).Where(one => !char.IsWhiteSpace(one))), string.Join('\n', calls), string.Join('\n', results));

    private static string Text(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Where(part => (string?)part!["type"] != "reasoning_text")
            .Select(part => (string?)part!["text"] ?? (string?)part["refusal"])),
        _ => (string?)content ?? string.Empty,
    };

    // Another model receives parts as JSON, in a text, and an empty text as two quotation marks.
    private static string Result(JsonNode? output)
    {
        var text = (string?)(output as JsonValue) ?? output!.ToJsonString();
        return text.Length > 0 ? text.ReplaceLineEndings(" ") : "\"\"";
    }

    // Arguments that are not JSON go to another model as an object of their text.
    private static string Arguments(string? text)
    {
        try
        {
            var arguments = JsonNode.Parse(text is { Length: > 0 } ? text : "{}");
            return arguments is JsonObject { Count: 1 } only && only.ContainsKey("invalid_arguments")
                ? "invalid"
                : arguments!.ToJsonString();
        }
        catch (JsonException)
        {
            return "invalid";
        }
    }
}
