using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Batch.Running;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>The checkpoint is flushed to the disk at the interval, and when a batch ends, however it ends.</summary>
public sealed class CheckpointFlushTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);

    private readonly BatchService _service = new();
    private readonly FakeClock _clock = new();
    private readonly LimitedStorage _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task A_flush_follows_each_interval_with_results_and_the_end()
    {
        var release = new TaskCompletionSource();
        _service.Reply = async (prompt, _) =>
        {
            await (prompt == "r0" ? Task.CompletedTask : release.Task);
            return null;
        };
        var running = Run().ToListAsync();
        await Eventually.IsTrue(() => _disk.Content.AsSpan().IndexOf("\"r0\""u8) >= 0);

        await AdvanceAsync();
        await Eventually.IsTrue(() => _disk.Flushes == 1);

        // Nothing was written in this interval.
        await AdvanceAsync();
        release.SetResult();
        await running;

        Assert.Equal(2, _disk.Flushes);
    }

    [Fact]
    public async Task Leaving_the_loop_flushes()
    {
        await foreach (var _ in Run())
        {
            Assert.Equal(0, _disk.Flushes);
            break;
        }

        Assert.Equal(1, _disk.Flushes);
    }

    [Fact]
    public async Task A_cancellation_flushes()
    {
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Run(stopping.Token))
            {
                Assert.Equal(0, _disk.Flushes);
                await stopping.CancelAsync();
            }
        });

        Assert.Equal(1, _disk.Flushes);
    }

    private async Task AdvanceAsync()
    {
        await _clock.TimerDueIn(Interval);
        _clock.Advance(Interval);
    }

    private IAsyncEnumerable<DatabricksBatchResult<ChatResponse>> Run(CancellationToken cancellationToken = default)
    {
        var client = _service.Client();
        return BatchRun<ChatResponse>.ReadAsync(
            new BatchPlan
            {
                Workspace = "w",
                EndpointName = VerbatimService.EndpointName,
                Options = new() { CheckpointPath = "disk", MaxConcurrentRequests = 4, CheckpointFlushInterval = Interval },
                Clients = new()
                {
                    Chat = client.GetChatClient(VerbatimService.EndpointName),
                    Embeddings = client.GetEmbeddingGenerator(VerbatimService.EndpointName),
                    Predict = (_, _, _) => throw new NotSupportedException(),
                },
                Errors = new ItemErrors(VerbatimService.EndpointName, Redaction.OfNone),
                TimeProvider = _clock,
                OpenStorage = _ => _disk,
            },
            ResponseFormats.For<ChatResponse>(),
            new RequestSequence<DatabricksBatchRequest<ChatResponse>>(BatchService.Requests(3)), cancellationToken);
    }
}
