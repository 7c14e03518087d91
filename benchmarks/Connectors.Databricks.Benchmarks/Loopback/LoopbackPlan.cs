namespace Connectors.Databricks.Benchmarks.Loopback;

/// <param name="WarmUps">How many calls each contender makes before any is measured.</param>
/// <param name="FirstUpdates">How many calls each contender makes for the time to the first update.</param>
/// <param name="Streams">How many streams are open at once.</param>
/// <param name="Rounds">How often the contenders take turns with them.</param>
internal sealed record LoopbackPlan(int WarmUps = 6_000, int FirstUpdates = 4_000, int Streams = 1_000, int Rounds = 9);
