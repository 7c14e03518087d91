using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>One step of a streamed choice and the completion tokens it costs.</summary>
internal readonly record struct Delta(JsonObject Json, int Tokens);
