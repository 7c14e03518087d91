using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>One event of a stream; <see cref="Finishes"/> marks one that carries a finish reason.</summary>
internal readonly record struct StreamChunk(JsonObject Json, bool Finishes = false);
