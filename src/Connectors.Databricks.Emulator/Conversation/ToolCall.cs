using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>A tool call of a response; the dialect assigns its id.</summary>
internal sealed record ToolCall(string Name, string Arguments);

/// <summary>A tool call in the history of a request.</summary>
internal sealed record RequestedToolCall(string Id, string Name, string Arguments, JsonObject Json);

/// <summary>A tool definition of a request.</summary>
internal sealed record ToolDefinition(string Name, string Description, JsonObject? Parameters, JsonObject Function);

/// <summary>A tool that an agent ran itself.</summary>
internal sealed record ToolRun(string Name, string Arguments, string Output);

/// <summary>A tool that an agent requests approval for.</summary>
internal sealed record ApprovalRequest(string Name, string Arguments, string ServerLabel);
