using System.Net;
using Connectors.Databricks.Batch.Running;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

public sealed class BatchProgressTests : CheckpointTest
{
    private readonly BatchService _service = new();

    [Fact]
    public async Task The_last_report_has_every_result()
    {
        _service.Reply = (prompt, _) => Task.FromResult(
            prompt == "r1" ? BatchService.Error(HttpStatusCode.BadRequest, "BAD_REQUEST") : null);
        await _service.RunAsync(2, Options());
        var progress = new RecordedProgress<DatabricksBatchProgress>();
        var options = Options();
        options.Progress = progress;

        await _service.RunAsync([.. BatchService.Requests(5)], options);

        var last = progress.All[^1];
        Assert.Equal(
            (5L, 1L, 2L, (long?)5, TimeSpan.Zero),
            (last.Completed, last.Failed, last.FromCheckpoint, last.Total, last.EstimatedTimeRemaining!.Value));
        Assert.Equal((8L, 12L, 20L), (last.Usage.InputTokenCount, last.Usage.OutputTokenCount, last.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task Progress_is_reported_at_the_interval_even_when_nothing_completes()
    {
        var clock = new FakeClock();
        var release = new TaskCompletionSource();
        _service.Reply = async (_, _) =>
        {
            await release.Task;
            return null;
        };
        var progress = new RecordedProgress<DatabricksBatchProgress>();
        var running = _service.Client(options => options.TimeProvider = clock).RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(3).ToAsyncEnumerable(),
            new() { Progress = progress, ProgressInterval = TimeSpan.FromSeconds(7), TotalRequests = 3 }).ToListAsync();

        await clock.TimerDueIn(TimeSpan.FromSeconds(7));
        clock.Advance(TimeSpan.FromSeconds(7));
        await Eventually.IsTrue(() => progress.All.Count == 1);
        release.SetResult();
        await running;

        Assert.Equal((0L, (long?)3, TimeSpan.FromSeconds(7), (TimeSpan?)null), (
            progress.All[0].Completed, progress.All[0].Total, progress.All[0].Elapsed, progress.All[0].EstimatedTimeRemaining));
        Assert.Equal((3L, 2), (progress.All[^1].Completed, progress.All.Count));
    }

    [Fact]
    public async Task Progress_that_throws_ends_the_batch()
    {
        var clock = new FakeClock();
        var release = new TaskCompletionSource();
        _service.Reply = async (_, _) =>
        {
            await release.Task;
            return null;
        };
        var running = _service.Client(options => options.TimeProvider = clock).RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(1_000), new() { Progress = new Broken(), MaxConcurrentRequests = 2 })
            .ToListAsync();

        await clock.TimerDueIn(TimeSpan.FromSeconds(1));
        await Eventually.IsTrue(() => _service.Counts.Count == 2);
        clock.Advance(TimeSpan.FromSeconds(1));
        release.SetResult();

        Assert.Equal("broken display", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await running)).Message);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_30_seconds_without_the_checkpoint()
    {
        var clock = new FakeClock();
        var meter = new BatchMeter(total: 1_000, clock);
        for (var i = 0; i < 100; i++)
        {
            meter.Add(isSuccess: true, isFromCheckpoint: true, usage: null);
        }

        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < (second < 30 ? 1 : 3); i++)
            {
                meter.Add(isSuccess: true, isFromCheckpoint: false, usage: null);
            }

            meter.Read();
        }

        var progress = meter.Read();

        Assert.Equal((220L, 3.0), (progress.Completed, Math.Round(progress.RequestsPerSecond, 1)));
        Assert.Equal(260, Math.Round(progress.EstimatedTimeRemaining!.Value.TotalSeconds));
    }

    private sealed class Broken : IProgress<DatabricksBatchProgress>
    {
        public void Report(DatabricksBatchProgress value) => throw new InvalidOperationException("broken display");
    }
}
