using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

public class RunBatchTests
{
    private readonly BatchService _service = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_has_one_result_with_its_response(bool preserveOrder)
    {
        var results = await _service.RunAsync(500, new() { PreserveOrder = preserveOrder, MaxBufferedResults = 7 });

        Assert.Equal(
            BatchService.Requests(500).Select(request => request.Id).Order(), results.Select(result => result.Id).Order());
        Assert.All(results, result => Assert.Equal((result.Id, true, false), (result.Response!.Text, result.IsSuccess,
            result.IsFromCheckpoint)));
        Assert.All(_service.Counts.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Results_in_order_wait_for_a_slow_request()
    {
        var first = new TaskCompletionSource();
        _service.Reply = async (prompt, _) =>
        {
            await (prompt == "r0" ? first.Task : Task.CompletedTask);
            return null;
        };
        await using var results = _service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(20), new() { PreserveOrder = true })
            .GetAsyncEnumerator();
        var next = results.MoveNextAsync().AsTask();

        // Each of the others completes before the first one.
        await Eventually.IsTrue(() => _service.Counts.Count == 20);
        Assert.False(next.IsCompleted);
        first.SetResult();
        Assert.True(await next);
        var ids = new List<string> { results.Current.Id };
        while (await results.MoveNextAsync())
        {
            ids.Add(results.Current.Id);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"r{i}"), ids);
    }

    [Fact]
    public async Task Results_are_returned_as_they_complete_by_default()
    {
        var first = new TaskCompletionSource();
        _service.Reply = async (prompt, _) =>
        {
            await (prompt == "r0" ? first.Task : Task.CompletedTask);
            return null;
        };
        var ids = new List<string>();
        await foreach (var result in _service.Client().RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(5)))
        {
            ids.Add(result.Id);
            if (ids.Count == 4)
            {
                first.SetResult();
            }
        }

        Assert.Equal("r0", ids[^1]);
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_in_flight()
    {
        await _service.RunAsync(300, new() { MaxConcurrentRequests = 3 });

        Assert.InRange(_service.MostConcurrent, 2, 3);
    }

    [Fact]
    public async Task Requests_are_not_read_ahead_of_the_results()
    {
        var read = 0;
        var requests = BatchService.Requests(1_000_000).Select(request =>
        {
            Interlocked.Increment(ref read);
            return request;
        });
        await using var results = _service.Client().RunBatchAsync(
            VerbatimService.EndpointName, requests, new() { MaxConcurrentRequests = 4, MaxBufferedResults = 10 }).GetAsyncEnumerator();

        Assert.True(await results.MoveNextAsync());

        // 4 in flight or complete, 10 buffered, the one that was returned, and the next one, which waits.
        await Eventually.IsTrue(() => _service.Counts.Count >= 15);
        await Eventually.IsTrue(() => Volatile.Read(ref read) >= 16);
        Assert.Equal((15, 16), (_service.Counts.Count, read));
    }

    [Fact]
    public async Task A_request_that_fails_is_a_result_and_the_others_go_on()
    {
        _service.Reply = (prompt, _) => Task.FromResult(
            prompt == "r1" ? BatchService.Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST") : null);

        var results = await _service.RunAsync(3, new() { PreserveOrder = true });

        Assert.Equal([true, false, true], results.Select(result => result.IsSuccess));
        Assert.Equal(
            (HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", VerbatimService.EndpointName),
            (results[1].Error!.StatusCode, results[1].Error!.ErrorCode, results[1].Error!.EndpointName));
    }

    [Fact]
    public async Task A_request_that_cannot_be_sent_is_a_typed_error()
    {
        DatabricksBatchRequest<ChatResponse>[] requests =
        [
            DatabricksBatchRequest.Chat("a", [new ChatMessage(ChatRole.User, "x")], new ChatOptions { ModelId = ".." }),
            DatabricksBatchRequest.Chat("b", "hello"),
        ];

        var results = await _service.RunAsync(requests, new() { PreserveOrder = true });

        Assert.Equal(DatabricksServingErrorKind.InvalidRequest, results[0].Error!.Kind);
        Assert.IsAssignableFrom<ArgumentException>(results[0].Error!.InnerException);
        Assert.Equal("hello", results[1].Response!.Text);
    }

    [Fact]
    public async Task A_credential_that_fails_is_a_typed_error_without_a_request()
    {
        var client = _service.Client(options => options.Credential = DatabricksCredential.FromTokenProvider(
            _ => throw new InvalidOperationException("no token")));

        var results = await client.RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(3)).ToListAsync();

        Assert.All(results, result => Assert.False(result.IsSuccess));
        Assert.Empty(_service.Counts);
    }

    [Fact]
    public async Task Requests_may_be_asynchronous()
    {
        var results = await _service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(50).ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(50, results.Count);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_batch_after_the_results_in_flight()
    {
        var results = new List<string>();
        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in _service.Client().RunBatchAsync(VerbatimService.EndpointName, Broken()))
            {
                results.Add(result.Id);
            }
        });

        Assert.Equal("row 3", exception.Message);
        Assert.Equal(["r0", "r1", "r2"], results.Order());

        static IEnumerable<DatabricksBatchRequest<ChatResponse>> Broken()
        {
            foreach (var request in BatchService.Requests(3))
            {
                yield return request;
            }

            throw new InvalidDataException("row 3");
        }
    }

    [Fact]
    public async Task An_id_that_occurs_twice_ends_the_batch()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => _service.RunAsync([.. BatchService.Requests(2), .. BatchService.Requests(1, from: 1)], new()));

        Assert.StartsWith("Request 2 of the batch has the id 'r1', as an earlier one.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, _service.Counts["r1"]);
    }

    [Fact]
    public async Task A_request_that_is_null_ends_the_batch() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _service.RunAsync([.. BatchService.Requests(1), null!], new()));

    [Fact]
    public async Task Embeddings_are_returned_with_their_usage()
    {
        var service = new VerbatimService().Answers(
            """{"data":[{"index":0,"embedding":[0.5,-1]},{"index":1,"embedding":[1,2]}],"model":"e","usage":{"prompt_tokens":4,"total_tokens":4}}""");

        var result = Assert.Single(await service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, [DatabricksBatchRequest.Embeddings("a", ["x", "y"])]).ToListAsync());

        Assert.Equal([[0.5f, -1f], [1f, 2f]], result.Response!.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(4, result.Response!.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Predictions_are_returned()
    {
        var service = new VerbatimService().Answers("""{"predictions":[0.25]}""");

        var result = Assert.Single(await service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, [DatabricksBatchRequest.Prediction("a", Scoring.OneRow)]).ToListAsync());

        Assert.Equal([0.25], result.Response!.ReadRows(PredictionJson.Default.Double));
    }

    [Fact]
    public void An_id_that_no_file_can_store_is_rejected()
    {
        // Not theory data: the compiler replaces half of a surrogate pair in an attribute.
        Assert.Throws<ArgumentException>(() => DatabricksBatchRequest.Chat("", "x"));
        Assert.Throws<ArgumentException>(() => DatabricksBatchRequest.Chat("a\uD800b", "x"));
        Assert.Throws<ArgumentException>(() => DatabricksBatchRequest.Embeddings("\uDC00", ["x"]));
        Assert.Equal("\uD83D\uDE00", DatabricksBatchRequest.Prediction("\uD83D\uDE00", Scoring.OneRow).Id);
    }

    [Theory]
    [InlineData(nameof(DatabricksBatchOptions.MaxConcurrentRequests), 0, 1)]
    [InlineData(nameof(DatabricksBatchOptions.MaxConcurrentRequests), 10_001, 1)]
    [InlineData(nameof(DatabricksBatchOptions.MaxBufferedResults), 1, -1)]
    [InlineData(nameof(DatabricksBatchOptions.MaxBufferedResults), 1, 1_000_001)]
    public void A_number_out_of_range_is_rejected_before_the_enumeration(string name, int concurrency, int buffered) => Assert.StartsWith(
        $"{name} is ",
        Assert.Throws<ArgumentException>(() => _service.Client().RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(1),
            new() { MaxConcurrentRequests = concurrency, MaxBufferedResults = buffered })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(1e10)]
    public void An_interval_out_of_range_is_rejected(double milliseconds)
    {
        var interval = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentException>(() => new DatabricksBatchOptions { CheckpointFlushInterval = interval }.CopyValidated());
        Assert.Throws<ArgumentException>(() => new DatabricksBatchOptions { ProgressInterval = interval }.CopyValidated());
    }

    [Fact]
    public void Other_options_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => new DatabricksBatchOptions { TotalRequests = -1 }.CopyValidated());
        Assert.Throws<ArgumentException>(() => new DatabricksBatchOptions { CheckpointPath = " " }.CopyValidated());
        Assert.Throws<ArgumentException>(
            () => new DatabricksBatchOptions { Embeddings = new() { Dimensions = 0 } }.CopyValidated());
        Assert.Throws<ArgumentException>(
            () => new DatabricksBatchOptions { Chat = new() { CorrectionLifetime = default } }.CopyValidated());
    }

    [Fact]
    public void A_type_that_no_request_has_is_rejected() => Assert.Throws<ArgumentException>(
        () => _service.Client().RunBatchAsync(VerbatimService.EndpointName, Array.Empty<DatabricksBatchRequest<string>>()));

    [Fact]
    public void A_name_that_is_no_endpoint_is_rejected() =>
        Assert.Throws<ArgumentException>(() => _service.Client().RunBatchAsync("..", BatchService.Requests(1)));
}
