using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

public sealed class BatchCancellationTests : CheckpointTest
{
    private readonly BatchService _service = new();

    [Fact]
    public async Task A_cancellation_keeps_what_is_complete_and_the_next_run_sends_the_rest()
    {
        using var stopping = new CancellationTokenSource();
        _service.Reply = async (prompt, cancellationToken) =>
        {
            await (prompt is "r6" or "r7" ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
            return null;
        };
        var read = new List<string>();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in _service.Client().RunBatchAsync(
                VerbatimService.EndpointName, BatchService.Requests(8), Options(concurrency: 2), stopping.Token))
            {
                read.Add(result.Id);
                if (read.Count == 6)
                {
                    await Eventually.IsTrue(() => _service.Counts.ContainsKey("r7"));
                    await stopping.CancelAsync();
                }
            }
        });

        Assert.Equal(stopping.Token, exception.CancellationToken);
        Assert.Equal(["r0", "r1", "r2", "r3", "r4", "r5"], CheckpointReader.Results(CheckpointPath).Select(line => line.Id).Order());

        _service.Reply = null;
        var results = await _service.RunAsync(8, Options());

        Assert.Equal(8, results.Count);
        Assert.Equal(2, results.Count(result => !result.IsFromCheckpoint));
        Assert.Equal((1, 2, 2), (_service.Counts["r0"], _service.Counts["r6"], _service.Counts["r7"]));
    }

    [Fact]
    public async Task Leaving_the_loop_stops_the_requests_and_closes_the_file()
    {
        var canceled = new TaskCompletionSource();
        _service.Reply = async (prompt, cancellationToken) =>
        {
            if (prompt != "r0")
            {
                using var registration = cancellationToken.Register(() => canceled.TrySetResult());
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return null;
        };
        await foreach (var result in _service.Client().RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(5), Options(concurrency: 2)))
        {
            await Eventually.IsTrue(() => _service.Counts.Count == 3);
            break;
        }

        Assert.True(canceled.Task.IsCompleted);
        Assert.Equal([("r0", "r0")], CheckpointReader.Results(CheckpointPath));
        File.Delete(CheckpointPath);
    }

    [Fact]
    public async Task A_source_that_waits_is_canceled()
    {
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in _service.Client().RunBatchAsync(
                VerbatimService.EndpointName, Endless(), Options(), stopping.Token))
            {
                await stopping.CancelAsync();
            }
        });

        static async IAsyncEnumerable<DatabricksBatchRequest<ChatResponse>> Endless(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return DatabricksBatchRequest.Chat("a", "a");
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    [Fact]
    public async Task A_canceled_batch_sends_nothing() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        async () => await _service.Client().RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(1), options: null, new CancellationToken(canceled: true)).ToListAsync());
}
