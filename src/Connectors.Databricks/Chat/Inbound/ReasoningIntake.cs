namespace Connectors.Databricks.Chat.Inbound;

/// <summary>What becomes of reasoning that arrives, and how much of a tool call is taken in.</summary>
/// <param name="IsHidden">Whether the caller asked not to see it.</param>
/// <param name="Origin">The endpoint whose model thinks: its signatures hold nowhere else.</param>
internal readonly record struct ReasoningIntake(bool IsHidden, string Origin)
{
    public int MaxToolArgumentBytes { get; init; } = DatabricksResponseLimits.DefaultMaxToolArgumentBytes;
}
