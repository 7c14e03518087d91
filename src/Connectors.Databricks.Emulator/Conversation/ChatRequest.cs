using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>The parsed members of a chat request; rules read <see cref="Body"/> themselves.</summary>
internal sealed class ChatRequest(JsonObject body)
{
    public JsonObject Body => body;

    public bool Stream { get; } = body.Flag("stream") ?? false;

    public bool IncludesUsage { get; } = body.Object("stream_options")?.Flag("include_usage") ?? false;

    public int Choices { get; } = Math.Max(body.Integer("n") ?? 1, 1);

    public int? MaxTokens { get; } = body.Integer("max_completion_tokens") ?? body.Integer("max_tokens");

    public IReadOnlyList<string> Stop { get; } = body["stop"] is JsonArray array
        ? [.. array.Select(stop => stop.Text() ?? "").Where(stop => stop.Length > 0)]
        : body.Text("stop") is { Length: > 0 } one ? [one] : [];

    public IReadOnlyList<ChatMessage> Turns { get; } = [.. body.Objects("messages").Select(message => new ChatMessage(message))];

    public IReadOnlyList<ToolDefinition> Tools { get; } =
    [
        .. body.Objects("tools").Select(tool => tool.Object("function")).OfType<JsonObject>().Select(function => new ToolDefinition(
            function.Text("name") ?? "",
            function.Text("description") ?? "",
            function.Object("parameters"),
            function)),
    ];

    /// <summary>"auto", "none" or "required"; a named choice reads as "required" with <see cref="ForcedTool"/> set.</summary>
    public string ToolChoice { get; } = body.Text("tool_choice") ?? (body["tool_choice"] is JsonObject ? "required" : "auto");

    public string? ForcedTool { get; } = body.Object("tool_choice")?.Object("function")?.Text("name");

    public bool AllowsParallelCalls { get; } = body.Flag("parallel_tool_calls") ?? true;

    public string? ReasoningEffort { get; } = body.Text("reasoning_effort");

    public JsonObject? Thinking { get; } = body.Object("thinking");

    public bool Thinks => Thinking?.Text("type") is "enabled" or "adaptive";

    public JsonObject? ResponseFormat { get; } = body.Object("response_format");

    /// <summary>All text of the history; tool definitions are not counted.</summary>
    public int PromptTokens { get; } = body.Objects("messages").Select(message => new ChatMessage(message)).Sum(
        turn => Tokenizer.Count(turn.Text) + turn.Calls.Sum(call => Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments)));
}
