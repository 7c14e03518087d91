using System.Text.Json.Serialization;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>One output item.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Json">Its bytes, as text.</param>
/// <param name="Text">The text that deltas may bring before it: of its first part, or its arguments.</param>
/// <param name="CallId">The id of a call or of an approval that the client answers.</param>
internal sealed record RandomItem(string Type, string Json, string? Text, string? CallId);

[JsonSerializable(typeof(string))]
internal sealed partial class ItemJson : JsonSerializerContext;
