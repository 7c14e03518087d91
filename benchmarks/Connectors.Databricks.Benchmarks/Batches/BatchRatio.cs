using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Batches;

/// <summary>
/// Compares a batch, its checkpoint on, with hand-written loops of <c>Parallel.ForEachAsync</c> over the same client: one
/// that stores nothing, and one that writes each response to a file. Time is the processor time of the process, as in
/// <see cref="PairedRun"/>; the contenders take turns.
/// </summary>
/// <param name="items">The number of requests of a run.</param>
/// <param name="rounds">The number of runs of each.</param>
internal sealed class BatchRatio(int items, int rounds)
{
    /// <summary>Compared with a loop that writes each response to a file, without order, resume or a limit of what a crash loses.</summary>
    private const double MostTime = 1.3;

    /// <summary>Short runs vary on a busy machine.</summary>
    private const double MostTimeOfShortRun = 1.7;

    private const int LongRun = 500_000;

    /// <summary>16 bytes of each id in a table that doubles at three quarters.</summary>
    private const double MostBytesOfAnItem = 44;

    private const int Concurrency = 32;

    /// <summary>Compared with a loop that loses every response with its process. Half of the difference is the file.</summary>
    private readonly double _mostTimeOfBare = items >= LongRun ? MostTime : MostTimeOfShortRun;

    /// <summary>Enough for every method to reach tier-1 compilation, also on a busy machine.</summary>
    private const int WarmUp = 200_000;

    /// <returns>Whether both targets are met.</returns>
    /// <exception cref="InvalidDataException">A response is missing, or not that of its request.</exception>
    public async Task<bool> RunAsync(TextWriter output)
    {
        using var http = new HttpClient(new EchoService());
        var serving = Clients.Serving(http, EchoService.Host);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // Both reach tier-1 compilation before anything is measured.
            await LoopAsync(serving, WarmUp);
            await BatchAsync(serving, Path.Combine(folder.FullName, "warm-up.jsonl"), WarmUp);
            var (bare, storing) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                var (path, other) = (Path.Combine(folder.FullName, "batch.jsonl"), Path.Combine(folder.FullName, "loop.jsonl"));
                var isBatchFirst = round % 2 == 1;
                var batch = isBatchFirst ? await TimeAsync(() => BatchAsync(serving, path, items)) : 0;
                var loop = await TimeAsync(() => LoopAsync(serving, items));
                var storingLoop = await TimeAsync(() => StoringLoopAsync(serving, other, items));
                batch = isBatchFirst ? batch : await TimeAsync(() => BatchAsync(serving, path, items));
                bare.Add(batch / loop);
                storing.Add(batch / storingLoop);
                File.Delete(path);
                File.Delete(other);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"round {round + 1}, µs of processor time a request: {loop * 1e6 / items:F2} loop, "
                    + $"{storingLoop * 1e6 / items:F2} loop with a file, {batch * 1e6 / items:F2} batch with a checkpoint"));
            }

            var growth = await GrowthAsync(serving, Path.Combine(folder.FullName, "growth.jsonl"));
            return await ReportAsync(output, Median.Of(bare), Median.Of(storing), growth);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<bool> ReportAsync(TextWriter output, double bare, double storing, double growth)
    {
        var isMet = storing <= MostTime && bare <= _mostTimeOfBare && growth <= MostBytesOfAnItem;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{items:N0} requests with a checkpoint: {storing:F2} times a hand-written loop that writes a file (at most {MostTime:F2}), "
            + $"{bare:F2} times one that stores nothing (at most {_mostTimeOfBare:F2}), {growth:F1} bytes more memory a request "
            + $"(at most {MostBytesOfAnItem:F0}), {Environment.WorkingSet / 1_000_000:N0} MB{(isMet ? "" : " **exceeded**")}"));
        return isMet;
    }

    private static Task LoopAsync(DatabricksServingClient serving, int count) => LoopAsync(serving, count, static (_, _) => { });

    private static async Task StoringLoopAsync(DatabricksServingClient serving, string path, int count)
    {
        var contract = (JsonTypeInfo<ChatResponse>)new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false }
            .GetTypeInfo(typeof(ChatResponse));
        await using var file = new StreamWriter(path);
        await LoopAsync(serving, count, (prompt, response) =>
        {
            var line = $$"""{"id":"{{prompt}}","response":{{JsonSerializer.Serialize(response, contract)}}}""";
            lock (file)
            {
                file.WriteLine(line);
            }
        });
    }

    private static async Task LoopAsync(DatabricksServingClient serving, int count, Action<string, ChatResponse> store)
    {
        var chat = serving.GetChatClient(Clients.ChatEndpoint);
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

    private static async Task BatchAsync(DatabricksServingClient serving, string path, int count, Action<int>? atResult = null)
    {
        var requests = Enumerable.Range(0, count).Select(Prompt).Select(prompt => DatabricksBatchRequest.Chat(prompt, prompt));
        var right = 0;
        await foreach (var result in serving.RunBatchAsync(
            Clients.ChatEndpoint, requests, new() { MaxConcurrentRequests = Concurrency, CheckpointPath = path }))
        {
            if (result.IsSuccess && result.Response.Text.StartsWith(result.Id, StringComparison.Ordinal))
            {
                right++;
                atResult?.Invoke(right);
            }
        }

        Require(right, count);
    }

    /// <summary>Live memory near the end, above that at a tenth, for each request between. At the end itself, the ids are free.</summary>
    private async Task<double> GrowthAsync(DatabricksServingClient serving, string path)
    {
        var (start, end) = (items / 10, items - (items / 20));
        long before = 0, after = 0;
        await BatchAsync(serving, path, items, number =>
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

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        await run();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
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
