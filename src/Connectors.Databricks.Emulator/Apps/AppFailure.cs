namespace Connectors.Databricks.Emulator.Apps;

/// <summary>How a run fails, and after how many events.</summary>
internal sealed record AppFailure(string Code, string Message, int AfterEvents);
