namespace Connectors.Databricks.Benchmarks.ColdStarts;

/// <param name="Rounds">How often each program is started; the programs take turns.</param>
/// <param name="IsJudged">Whether a missed target fails the run.</param>
internal sealed record ColdStartPlan(int Rounds = 31, bool IsJudged = true);
