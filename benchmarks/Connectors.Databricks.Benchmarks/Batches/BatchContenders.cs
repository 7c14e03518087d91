using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Benchmarks.Contenders;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Batches;

/// <summary>
/// A batch with a checkpoint, and two hand-written loops of <c>Parallel.ForEachAsync</c> over the same client: one that stores nothing, and
/// one that writes each response to a file, without order, resume or a limit of what a crash loses.
/// </summary>
internal sealed class BatchContenders(DatabricksServingClient serving, string endpoint, string folder)
{
    private const int Concurrency = 32;

    private static readonly JsonTypeInfo<ChatResponse> Contract =
        (JsonTypeInfo<ChatResponse>)new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false }
            .GetTypeInfo(typeof(ChatResponse));

    /// <exception cref="InvalidDataException">A response is missing, or not that of its request.</exception>
    public Task LoopAsync(int count) => LoopAsync(count, static (_, _) => { });

    /// <inheritdoc cref="LoopAsync(int)"/>
    public async Task StoringLoopAsync(int count)
    {
        var path = Path.Combine(folder, "loop.jsonl");
        await using (var file = new StreamWriter(path))
        {
            await LoopAsync(count, (prompt, response) =>
            {
                var line = $$"""{"id":"{{prompt}}","response":{{JsonSerializer.Serialize(response, Contract)}}}""";
                lock (file)
                {
                    file.WriteLine(line);
                }
            });
        }

        File.Delete(path);
    }

    /// <inheritdoc cref="LoopAsync(int)"/>
    public Task BatchAsync(int count) => BatchAsync(count, maxBuffered: null, static _ => { });

    /// <summary>Live memory near the end, above that at a tenth, for each request between. At the end itself, the ids are free.</summary>
    public async Task<double> GrowthAsync(int count)
    {
        var (start, end) = (count / 10, count - (count / 20));
        long before = 0, after = 0;

        // Few buffered results, whose number varies.
        await BatchAsync(count, maxBuffered: Concurrency, number =>
        {
            if (number == start)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (number == end)
            {
                after = GC.GetTotalMemory(forceFullCollection: true);
            }
        });
        return Math.Max(0, (double)(after - before) / (end - start));
    }

    private async Task BatchAsync(int count, int? maxBuffered, Action<int> atResult)
    {
        var path = Path.Combine(folder, "batch.jsonl");
        var options = new DatabricksBatchOptions { MaxConcurrentRequests = Concurrency, CheckpointPath = path };
        options.MaxBufferedResults = maxBuffered ?? options.MaxBufferedResults;
        var requests = Enumerable.Range(0, count).Select(Prompt).Select(prompt => DatabricksBatchRequest.Chat(prompt, prompt));
        var right = 0;
        await foreach (var result in serving.RunBatchAsync(endpoint, requests, options))
        {
            if (result.IsSuccess && result.Response.Text.StartsWith(result.Id, StringComparison.Ordinal))
            {
                right++;
                atResult(right);
            }
        }

        Require(right, count);
        File.Delete(path);
    }

    private async Task LoopAsync(int count, Action<string, ChatResponse> store)
    {
        var chat = serving.GetChatClient(endpoint);
        var right = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (i, cancellationToken) =>
            {
                var prompt = Prompt(i);
                var response = await chat.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], null, cancellationToken);
                store(prompt, response);
                if (response.Text.StartsWith(prompt, StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref right);
                }
            });
        Require(right, count);
    }

    private static string Prompt(int number) => $"Summarize item {number}";

    private static void Require(int right, int count)
    {
        if (right != count)
        {
            throw new InvalidDataException($"{right} of {count} responses are those of their requests.");
        }
    }
}
