namespace Connectors.Databricks.Benchmarks.Loopback;

/// <param name="WarmUps">
/// How many calls each contender makes before any is measured. After 6,000 the connector's larger code was still being recompiled in the
/// background, and the first row showed 1.10 to 1.16 where the next rows, and the same row measured again, show 1.03 to 1.06.
/// </param>
/// <param name="FirstUpdates">How many calls each contender makes for the time to the first update.</param>
/// <param name="Streams">How many streams are open at once.</param>
/// <param name="Rounds">The number of rounds, each with all contenders.</param>
internal sealed record LoopbackPlan(int WarmUps = 20_000, int FirstUpdates = 4_000, int Streams = 1_000, int Rounds = 9);
