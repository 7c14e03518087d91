using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Responses;

/// <summary>Requests of the Responses API.</summary>
internal static class ResponsesWire
{
    public const string Gateway = "ai-gateway/mlflow/v1/responses";
    public const string Serving = "serving-endpoints/responses";

    public static Task<string> AskResponsesAsync(this Wire wire, string path, string json) => wire.SendAsync(HttpMethod.Post, path, json);

    /// <summary>The body of a 200 response.</summary>
    public static async Task<JsonNode> ReadResponsesAsync(this Wire wire, string path, string json)
    {
        string answer = await wire.AskResponsesAsync(path, json);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        return JsonNode.Parse(answer[4..])!;
    }

    /// <summary>The events of a stream: the name of its line, and the data. The terminator counts as an event.</summary>
    public static async Task<IReadOnlyList<(string? Name, string Data)>> StreamResponsesAsync(this Wire wire, string path, string json)
    {
        string answer = await wire.AskResponsesAsync(path, json);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        return
        [
            .. answer[4..].Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame =>
            {
                string[] lines = frame.Split('\n');
                return lines.Length == 2
                    ? (lines[0]["event: ".Length..], lines[1]["data: ".Length..])
                    : ((string?)null, lines[0]["data: ".Length..]);
            }),
        ];
    }

    public static string TypeOf(string data) => data == "[DONE]" ? data : JsonNode.Parse(data)!["type"]?.GetValue<string>() ?? "";
}
