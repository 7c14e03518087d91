using Connectors.Databricks.Benchmarks.Batches;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Benchmarks;

/// <summary>What a benchmark of a batch judges: the ratio to a loop that stores nothing over real connections only.</summary>
[Collection(nameof(RunsAlone))]
public class BatchFiguresTests
{
    [Theory]
    [InlineData(false, 1.3, 9, true)]
    [InlineData(false, 1.31, 1, false)]
    [InlineData(true, 1.3, 1.3, true)]
    [InlineData(true, 1.31, 1.3, false)]
    [InlineData(true, 1.3, 1.31, false)]
    public void The_ratio_to_a_loop_that_stores_nothing_is_judged_over_connections(
        bool overLoopback, double storing, double bare, bool isMet)
    {
        var figures = new BatchFigures(50_000, overLoopback, storing, bare, AllocatedBytes: 0, MemoryBytes: 0);

        Assert.Equal((isMet, isMet), (figures.IsFast, figures.IsMet));
        Assert.Equal(!isMet, figures.ToString().EndsWith(" **exceeded**", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(BatchFigures.MaxAllocatedBytes, BatchFigures.MaxMemoryBytes, true)]
    [InlineData(BatchFigures.MaxAllocatedBytes + 1, 0, false)]
    [InlineData(0, BatchFigures.MaxMemoryBytes + 1, false)]
    public void Both_judge_memory_which_is_not_measured_again(double allocated, double memory, bool isMet)
    {
        var figures = new BatchFigures(50_000, OverLoopback: false, Storing: 1, Bare: 1, allocated, memory);

        Assert.Equal((true, isMet), (figures.IsFast, figures.IsMet));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_measures_rounds_and_reports_the_figures(bool overLoopback)
    {
        using var output = new StringWriter();

        await new BatchRatio(items: 1_000, rounds: 1, overLoopback, warmUp: 100).RunAsync(output);

        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.StartsWith("round 1, µs of processor time a request: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1,000 requests with a checkpoint: ", lines[^1], StringComparison.Ordinal);
    }
}
