using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>One message of the history.</summary>
internal sealed class ChatMessage(JsonObject json)
{
    public JsonObject Json => json;

    public string Role { get; } = json.Text("role") ?? "";

    public JsonNode? Content => json["content"];

    public IReadOnlyList<JsonObject> Parts { get; } = [.. json.Objects("content")];

    /// <summary>The visible text, whatever form the content has.</summary>
    public string Text { get; } = json.Text("content")
        ?? string.Join("\n", json.Objects("content").Where(part => part.Text("type") == "text").Select(part => part.Text("text") ?? ""));

    public IReadOnlyList<RequestedToolCall> Calls { get; } =
    [
        .. json.Objects("tool_calls").Select(call => new RequestedToolCall(
            call.Text("id") ?? "",
            call.Object("function")?.Text("name") ?? "",
            call.Object("function")?.Text("arguments") ?? "",
            call)),
    ];

    public string? ToolCallId => json.Text("tool_call_id");
}
