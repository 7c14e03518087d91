using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.AspNetCore.Requests;

/// <summary>The contract of the extra content of a tool call.</summary>
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class ExtraContentJson : JsonSerializerContext;
