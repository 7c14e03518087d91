using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>A call the model makes; the dialect gives it an id when it is written.</summary>
internal sealed record ToolCall(string Name, string Arguments);

/// <summary>A call found in the history of a request.</summary>
internal sealed record RequestedToolCall(string Id, string Name, string Arguments, JsonObject Json);

/// <summary>A tool a request offers.</summary>
internal sealed record ToolDefinition(string Name, string Description, JsonObject? Parameters, JsonObject Function);
