namespace Connectors.Databricks.Emulator.Apps;

/// <summary>What the next run does. The default responds by itself and completes.</summary>
internal sealed record AppScript
{
    /// <summary>The text of the response; null for an automatic one.</summary>
    public string? Text { get; init; }

    /// <summary>After how many events of the first attempt the server crashes; null: it does not.</summary>
    public int? CrashesAfter { get; init; }

    public AppFailure? Failure { get; init; }
}
