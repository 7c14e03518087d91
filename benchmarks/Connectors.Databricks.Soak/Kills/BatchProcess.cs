using System.Diagnostics;
using System.Globalization;

namespace Connectors.Databricks.Soak.Kills;

/// <summary>A batch in a process of its own: this program, with the word <c>batch</c> as its first argument.</summary>
internal static class BatchProcess
{
    public const string Command = "batch";

    public static Process Start(Uri host, string path, KillPlan plan)
    {
        // The host of a program is either itself, or dotnet with the assembly as its argument.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(BatchProcess).Assembly.Location);
        }

        foreach (var argument in (string[])[Command, host.ToString(), path, Text(plan.Items), Text(plan.Concurrency)])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs the batch in this process.</summary>
    /// <returns>0 when every request has its own response.</returns>
    public static async Task<int> RunAsync(Uri host, string path, int items, int concurrency)
    {
        var serving = new DatabricksServingClient(host, DatabricksCredential.FromToken("dapi-soak"));
        var requests = Enumerable.Range(0, items).Select(Text).Select(id => DatabricksBatchRequest.Chat(id, CountingServer.Prompt(id)));
        var right = 0;
        await foreach (var result in serving.RunBatchAsync(
            CountingServer.Endpoint, requests, new() { CheckpointPath = path, MaxConcurrentRequests = concurrency }))
        {
            right += result.Response?.Text == CountingServer.ReplyTo(result.Id) ? 1 : 0;
        }

        return right == items ? 0 : 1;
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
