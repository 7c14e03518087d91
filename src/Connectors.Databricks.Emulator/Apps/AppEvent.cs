using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>One stored event of a run. <see cref="Number"/> counts from 0.</summary>
internal sealed record AppEvent(int Number, string Type, JsonObject Json);
