using System.Diagnostics;

namespace Connectors.Databricks.Soak.Kills;

/// <summary>
/// Kills the process of a batch at random moments (SIGKILL on Unix), runs it again, and checks the file and the server: every request has
/// one line, and no more requests than were in flight were served twice.
/// </summary>
internal static class KillRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <returns>Whether every batch kept both promises.</returns>
    public static async Task<bool> RunAsync(KillPlan plan)
    {
        var random = new Random(plan.Seed);
        var folder = Directory.CreateTempSubdirectory();
        var (failed, twice, most) = (0, 0, 0);
        try
        {
            for (var time = 1; time <= plan.Times; time++)
            {
                var path = Path.Combine(folder.FullName, $"{time}.jsonl");
                try
                {
                    var repeated = await KillOneAsync(plan, path, random.Next(1, plan.Items), random.Next());
                    twice += repeated;
                    most = Math.Max(most, repeated);
                }
                catch (InvalidDataException exception)
                {
                    Console.WriteLine($"{time}: {exception.Message}");
                    failed++;
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Console.WriteLine(
            $"{plan.Times} batches of {plan.Items} requests were killed and run again: {plan.Times - failed} have each request once in "
            + $"their file. {twice} requests were served twice, at most {most} of a batch with {plan.Concurrency} in flight.");
        return failed == 0;
    }

    /// <returns>How many requests were served twice.</returns>
    private static async Task<int> KillOneAsync(KillPlan plan, string path, int moment, int seed)
    {
        await using var server = await CountingServer.StartAsync(plan.Items, moment, seed);
        using (var killed = BatchProcess.Start(server.Host, path, plan))
        {
            await server.Reached.WaitAsync(Longest);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        var kept = CheckpointCheck.Ids(path);
        using (var second = BatchProcess.Start(server.Host, path, plan))
        {
            await WaitAsync(second);
        }

        var ids = CheckpointCheck.Ids(path);
        Require(ids.Count == plan.Items, $"{ids.Count} of {plan.Items} requests have a line.");
        Require(kept.IsSubsetOf(ids), "A line was lost.");
        Require(server.Counts.All(count => count is 1 or 2), "A request was served never, or more than twice.");
        var repeated = server.Counts.Count(count => count == 2);
        Require(repeated <= plan.Concurrency, $"{repeated} requests were served twice; {plan.Concurrency} were in flight.");
        Require(
            kept.All(id => server.Counts[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)] == 1),
            "A request with a line was sent again.");
        return repeated;
    }

    private static async Task WaitAsync(Process process)
    {
        try
        {
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Longest);
            Require(process.ExitCode == 0, $"The second run ended with {process.ExitCode}: {await error}");
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new InvalidDataException("The second run did not end.");
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }
}
