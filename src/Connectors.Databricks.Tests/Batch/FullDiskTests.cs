using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Batch.Running;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>The disk becomes full while a batch runs.</summary>
public sealed class FullDiskTests
{
    private readonly BatchService _service = new();

    [Fact]
    public async Task Responses_that_were_paid_are_returned_and_no_more_are_requested()
    {
        var disk = new LimitedStorage(capacity: 1_500);
        var results = new List<string>();

        var exception = await Assert.ThrowsAsync<DatabricksCheckpointException>(async () =>
        {
            await foreach (var result in Run(disk, BatchService.Requests(100_000)))
            {
                results.Add(result.Id);
            }
        });

        Assert.Equal(DatabricksCheckpointFailure.DiskFull, exception.Failure);
        Assert.Equal(_service.Counts.Keys.Order(), results.Order());
        Assert.InRange(results.Count, 2, 50_000);

        // The file ends with a complete line, so that the next run continues.
        var lines = System.Text.Encoding.UTF8.GetString(disk.Content).Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.InRange(lines.Length - 2, 1, results.Count - 1);
    }

    [Fact]
    public async Task A_failed_flush_ends_the_batch()
    {
        var disk = new LimitedStorage(capacity: int.MaxValue) { FlushFails = true };

        var exception = await Assert.ThrowsAsync<DatabricksCheckpointException>(
            async () => await Run(disk, BatchService.Requests(10)).ToListAsync());

        Assert.IsType<IOException>(exception.InnerException);
    }

    private IAsyncEnumerable<DatabricksBatchResult<ChatResponse>> Run(
        LimitedStorage disk, IEnumerable<DatabricksBatchRequest<ChatResponse>> requests)
    {
        var client = _service.Client();
        return BatchRun<ChatResponse>.ReadAsync(
            new BatchPlan
            {
                Workspace = "w",
                EndpointName = VerbatimService.EndpointName,
                Options = new() { CheckpointPath = "disk", MaxConcurrentRequests = 4 },
                Clients = new()
                {
                    Chat = client.GetChatClient(VerbatimService.EndpointName),
                    Embeddings = client.GetEmbeddingGenerator(VerbatimService.EndpointName),
                    Predict = (_, _, _) => throw new NotSupportedException(),
                },
                Errors = new ItemErrors(VerbatimService.EndpointName, Redaction.OfNone),
                TimeProvider = TimeProvider.System,
                OpenStorage = _ => disk,
            },
            ResponseFormats.For<ChatResponse>(), new RequestSequence<DatabricksBatchRequest<ChatResponse>>(requests), default);
    }
}
