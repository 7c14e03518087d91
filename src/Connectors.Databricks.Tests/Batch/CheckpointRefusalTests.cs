using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

public sealed class CheckpointRefusalTests : CheckpointTest
{
    private readonly BatchService _service = new();

    [Fact]
    public async Task A_file_that_is_open_is_refused()
    {
        await using var first = _service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(5), Options()).GetAsyncEnumerator();
        await first.MoveNextAsync();

        await Refuses(DatabricksCheckpointFailure.InUse, () => _service.RunAsync(5, Options()));
    }

    [Fact]
    public async Task A_file_of_another_endpoint_is_refused()
    {
        await _service.RunAsync(1, Options());

        var exception = await Refuses(
            DatabricksCheckpointFailure.OtherBatch,
            () => _service.Client().RunBatchAsync("other", BatchService.Requests(1), Options()).ToListAsync().AsTask());

        Assert.Contains("chat of the endpoint 'some-endpoint', and not chat of 'other'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        await _service.RunAsync(1, Options());

        await Refuses(
            DatabricksCheckpointFailure.OtherBatch,
            () => _service.Client().RunBatchAsync(
                VerbatimService.EndpointName, [DatabricksBatchRequest.Embeddings("a", ["x"])], Options()).ToListAsync().AsTask());
    }

    [Theory]
    [InlineData("https://a.databricks.com", null, "https://b.databricks.com", null, "'a.databricks.com', and not 'b.databricks.com'")]
    [InlineData("https://a.databricks.com", "1", "https://a.databricks.com", "2", "'a.databricks.com/1', and not 'a.databricks.com/2'")]
    public async Task A_file_of_another_workspace_is_refused(string host, string? id, string otherHost, string? otherId, string expected)
    {
        await RunAsync(host, id);

        var exception = await Refuses(DatabricksCheckpointFailure.OtherBatch, () => RunAsync(otherHost, otherId));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(await RunAsync(host, id)).IsFromCheckpoint);
    }

    [Fact]
    public async Task An_emulator_may_have_another_port()
    {
        await RunAsync("http://localhost:5000", null);

        Assert.True(Assert.Single(await RunAsync("http://127.0.0.1:6000", null)).IsFromCheckpoint);
    }

    [Fact]
    public async Task Chat_options_of_the_client_count_when_the_batch_has_none()
    {
        await _service.RunAsync(1, Options());

        var exception = await Refuses(
            DatabricksCheckpointFailure.OtherBatch,
            () => _service.Client(options => options.Chat.ShapeRequests = false)
                .RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(1), Options()).ToListAsync().AsTask());

        Assert.Contains("DatabricksServingOptions.Chat", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_options_are_those_of_a_batch_without_any()
    {
        await _service.RunAsync(1, Options());
        var options = Options();
        (options.Chat, options.Embeddings) = (new(), new());

        Assert.True(Assert.Single(await _service.RunAsync(1, options)).IsFromCheckpoint);
    }

    [Fact]
    public async Task A_file_of_other_options_is_refused_and_its_options_are_not_readable()
    {
        var options = Options();
        options.Embeddings = new() { Instruction = "confidential" };
        var service = new VerbatimService().Answers("""{"data":[{"index":0,"embedding":[1]}]}""");
        await service.Client().RunBatchAsync(
            VerbatimService.EndpointName, [DatabricksBatchRequest.Embeddings("a", ["x"])], options).ToListAsync();
        Assert.DoesNotContain("confidential", await File.ReadAllTextAsync(CheckpointPath), StringComparison.Ordinal);

        var exception = await Refuses(
            DatabricksCheckpointFailure.OtherBatch,
            () => service.Client().RunBatchAsync(
                VerbatimService.EndpointName, [DatabricksBatchRequest.Embeddings("a", ["x"])], Options()).ToListAsync().AsTask());

        Assert.Contains("DatabricksBatchOptions.Embeddings differs", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a checkpoint")]
    [InlineData("not a checkpoint\n")]
    [InlineData("{\"id\":\"a\",\"response\":{}}\n")]
    [InlineData("{\"checkpoint\":1,\"endpoint\":\"some-endpoint\",\"responses\":\"chat\",\"options\":\"\"}\n")]
    [InlineData("{\"checkpoint\":2,\"workspace\":\"w\",\"endpoint\":\"some-endpoint\",\"responses\":\"chat\",\"options\":\"\"}\n")]
    [InlineData("{\"checkpoint\":1e99,\"endpoint\":\"some-endpoint\"}\n")]
    public async Task Another_file_is_refused_and_not_changed(string content)
    {
        await File.WriteAllTextAsync(CheckpointPath, content);

        await Refuses(DatabricksCheckpointFailure.Invalid, () => _service.RunAsync(1, Options()));

        Assert.Equal(content, await File.ReadAllTextAsync(CheckpointPath));
        Assert.Empty(_service.Counts);
    }

    [Fact]
    public async Task A_damaged_line_that_others_follow_is_refused_with_its_number()
    {
        await _service.RunAsync(3, Options());
        var lines = await File.ReadAllLinesAsync(CheckpointPath);
        lines[2] = lines[2][..20];
        await File.WriteAllTextAsync(CheckpointPath, string.Join('\n', lines) + "\n");

        var exception = await Refuses(DatabricksCheckpointFailure.Invalid, () => _service.RunAsync(3, Options()));

        Assert.Contains("line 3 is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("{\"messages\":5}")]
    public async Task A_line_that_is_no_response_is_refused_with_its_id(string response)
    {
        await _service.RunAsync(1, Options());
        await File.AppendAllTextAsync(CheckpointPath, $"{{\"id\":\"r1\",\"response\":{response}}}\n");

        var exception = await Refuses(DatabricksCheckpointFailure.Invalid, () => _service.RunAsync(3, Options()));

        Assert.Contains("the line of 'r1' is not a result", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_reported()
    {
        var options = Options();
        options.CheckpointPath = Path.Combine(CheckpointPath, "missing", "batch.jsonl");

        var exception = await Refuses(DatabricksCheckpointFailure.Other, () => _service.RunAsync(1, options));

        Assert.Equal(options.CheckpointPath, exception.Path);
        Assert.IsType<DirectoryNotFoundException>(exception.InnerException);
    }

    [Fact]
    public void A_full_disk_is_recognized_by_the_error_of_the_system()
    {
        if (OperatingSystem.IsLinux())
        {
            using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
            var exception = Assert.Throws<IOException>(() => RandomAccess.Write(full, "x"u8, 0));

            Assert.Equal(DatabricksCheckpointFailure.DiskFull, CheckpointExceptions.NotWritten("a", exception).Failure);
        }
    }

    private async Task<List<DatabricksBatchResult<ChatResponse>>> RunAsync(string host, string? workspaceId)
    {
        var client = _service.Client(options =>
        {
            options.Host = new Uri(host);
            options.Authentication.WorkspaceId = workspaceId;
        });
        return await client.RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(1), Options()).ToListAsync();
    }

    private static async Task<DatabricksCheckpointException> Refuses(DatabricksCheckpointFailure failure, Func<Task> run)
    {
        var exception = await Assert.ThrowsAsync<DatabricksCheckpointException>(run);
        Assert.Equal(failure, exception.Failure);
        return exception;
    }
}
