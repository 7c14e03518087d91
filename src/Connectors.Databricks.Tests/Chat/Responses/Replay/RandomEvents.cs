using System.Text;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>A response as a document, and as a stream that brings items with deltas, whole, or only at its end.</summary>
internal static class RandomEvents
{
    public static string Document(string id, IReadOnlyList<RandomItem> items) =>
        $$"""{"id":"{{id}}","status":"completed","model":"some-model","output":[{{string.Join(", ", items.Select(item => item.Json))}}]}""";

    public static string Of(Random random, string id, IReadOnlyList<RandomItem> items)
    {
        var events = new StringBuilder();
        var hasIndexes = random.Next(3) > 0;
        var allAtEnd = random.Next(6) == 0;
        Send(events, "response.created", $$""" "response":{"id":"{{id}}","output":[]} """);
        foreach (var (index, item) in items.Index())
        {
            if (allAtEnd)
            {
                break;
            }

            var place = hasIndexes ? $"\"output_index\":{index}," : string.Empty;
            if (hasIndexes && random.Next(2) == 0 && Deltas(item) is { } type)
            {
                foreach (var piece in item.Text!.Chunk(random.Next(1, 9)))
                {
                    Send(events, type, $"{place}\"content_index\":0,\"delta\":\"{string.Concat(piece.Select(Escaped))}\"");
                }
            }

            Send(events, "response.output_item.done", $"{place}\"item\":{item.Json}");
        }

        var output = allAtEnd || random.Next(2) == 0 ? string.Join(',', items.Select(item => item.Json)) : string.Empty;
        Send(events, "response.completed", $$""" "response":{"id":"{{id}}","status":"completed","output":[{{output}}]} """);
        return events.ToString();
    }

    // The text of deltas is that of the first part.
    private static string? Deltas(RandomItem item) => item switch
    {
        { Text: null } => null,
        { Type: "message" } => "response.output_text.delta",
        { Type: "reasoning" } => "response.reasoning_summary_text.delta",
        _ => null,
    };

    // A delta may end inside a surrogate pair.
    private static string Escaped(char one) => $"\\u{(int)one:x4}";

    private static void Send(StringBuilder events, string type, string members) =>
        events.Append("event: ").Append(type).Append("\ndata: {\"type\":\"").Append(type).Append("\",").Append(members).Append("}\n\n");
}
