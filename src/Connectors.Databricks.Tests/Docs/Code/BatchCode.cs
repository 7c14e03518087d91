using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/batch.md. Each public method runs on the emulator as a test.</summary>
internal static class BatchCode
{
    public static async Task Batch(DatabricksServingClient serving)
    {
        using var folder = new TemporaryFolder();
        Ticket[] tickets = [new("t-1", "The app is slow."), new("t-2", "I was charged twice.")];
        var labels = new Dictionary<string, string>();

        // <batch>
        var requests = tickets.Select(ticket =>
            DatabricksBatchRequest.Chat(ticket.Id, $"Classify this ticket in one word: {ticket.Text}"));

        var results = serving.RunBatchAsync("system.ai.llama-4-maverick", requests, new DatabricksBatchOptions
        {
            MaxConcurrentRequests = 32,
            CheckpointPath = folder.File("tickets.jsonl"),   // run it again after a crash: it continues
            Progress = new Progress<DatabricksBatchProgress>(progress => Console.WriteLine(
                $"{progress.Completed} of {progress.Total}, {progress.Failed} failed, {progress.EstimatedTimeRemaining} left")),
        });

        await foreach (var result in results)
        {
            if (result.IsSuccess)
            {
                labels[result.Id] = result.Response.Text;
            }
            else
            {
                Console.WriteLine($"{result.Id}: {result.Error.Message}");
            }
        }
        // </batch>
        Assert.Equal(["t-1", "t-2"], labels.Keys.Order());
    }

    public static async Task Embeddings(DatabricksServingClient serving)
    {
        var passages = Enumerable.Range(0, 250).Select(i => $"passage {i}").ToArray();
        var count = 0;

        // <batch-embeddings>
        var requests = passages.Chunk(100).Select((texts, i) => DatabricksBatchRequest.Embeddings($"passages-{i}", texts));

        await foreach (var result in serving.RunBatchAsync("system.ai.gte-large-en", requests))
        {
            count += result.Response?.Count ?? 0;   // an embedding for each text, in the order of the texts
        }
        // </batch-embeddings>
        Assert.Equal(250, count);
    }

    public static async Task Predictions(DatabricksServingClient serving)
    {
        var rows = new double[][] { [10, 50], [1, 100] };
        var scores = new List<double>();

        // <batch-predictions>
        var requests = rows.Select((row, i) => DatabricksBatchRequest.Prediction(
            $"row-{i}", DatabricksPredictionInput.Inputs(DatabricksTensor.From(new double[,] { { row[0], row[1] } }))));

        await foreach (var result in serving.RunBatchAsync("churn-v1", requests, new DatabricksBatchOptions { PreserveOrder = true }))
        {
            scores.AddRange(result.Response?.ReadRows(PredictionsCode.ScoringJson.Default.Double) ?? throw result.Error!);
        }
        // </batch-predictions>
        Assert.Equal([0.6, 0.89], scores);
    }

    public static async Task Limit(DatabricksServingClient serving, int limit)
    {
        var requests = Enumerable.Range(0, 1_000).Select(i => DatabricksBatchRequest.Chat($"r-{i}", "hello"));

        // <batch-limit>
        var failed = 0;
        await foreach (var result in serving.RunBatchAsync("my-endpoint", requests))
        {
            if (!result.IsSuccess && ++failed == limit)
            {
                break;   // stops the requests in flight, and closes the checkpoint
            }
        }
        // </batch-limit>
        Assert.Equal(limit, failed);
    }

    public static async Task Retry(DatabricksServingClient serving)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("tickets.jsonl");
        DatabricksBatchRequest<ChatResponse>[] requests = [DatabricksBatchRequest.Chat("t-1", "hello")];
        var responses = 0;

        // <batch-retry>
        var options = new DatabricksBatchOptions { CheckpointPath = path, RetryFailedRequests = true };
        try
        {
            await foreach (var result in serving.RunBatchAsync("system.ai.llama-4-maverick", requests, options))
            {
                responses += result.IsSuccess ? 1 : 0;
            }
        }
        catch (DatabricksCheckpointException exception) when (exception.Failure == DatabricksCheckpointFailure.InUse)
        {
            Console.WriteLine("The batch is already running.");
        }
        // </batch-retry>
        Assert.Equal(1, responses);
    }

    private sealed record Ticket(string Id, string Text);

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        public string File(string name) => Path.Combine(_folder.FullName, name);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
