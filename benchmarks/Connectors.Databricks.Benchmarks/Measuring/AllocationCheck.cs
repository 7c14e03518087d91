using System.Globalization;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>
/// Compares what the connector allocates with bounds that are kept here, a tenth above what it needs: time depends on the machine, this
/// does not.
/// </summary>
internal static class AllocationCheck
{
    /// <summary>The least time until every method has reached tier-1 compilation, after which its allocations are constant.</summary>
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(0.4);

    /// <summary>Bytes of a part: a call, a delta, a fragment, a vector, an endpoint, a token.</summary>
    private static readonly IReadOnlyDictionary<string, double> MostBytes = new Dictionary<string, double>
    {
        ["Semantic Kernel, 1,000 deltas"] = 800,
        ["Semantic Kernel, chat"] = 9_300,
        ["Llama, 100 deltas"] = 370,
        ["Llama, 1,000 deltas"] = 310,
        ["Claude, 1,000 deltas"] = 310,
        ["Reasoning, 1,000 deltas"] = 315,
        ["Responses, 1,000 deltas"] = 365,
        ["Responses, history of 90 items"] = 1_410,
        ["Tool call, 1,000 fragments"] = 200,
        ["Chat, 1 message"] = 5_600,
        ["Chat, 2 messages, 3 tools"] = 5_900,
        ["Chat, 50 messages, 3 tools"] = 11_100,
        ["Chat, 500 messages, 3 tools"] = 58_500,
        ["Chat, image of 10 MB"] = 7_100,
        ["Embeddings, numbers"] = 4_300,
        ["Embeddings, base64"] = 4_300,
        ["Embeddings, 10,000 texts"] = 4_300,
        ["Endpoints, list of 1,000"] = 3_900,
        ["Endpoints, directory of 1,000"] = 5_900,
        ["Token from the cache, 1,000 times"] = 0,
    };

    /// <returns>Whether every bound holds.</returns>
    public static async Task<bool> RunAsync(TextWriter output)
    {
        var holds = true;
        await output.WriteLineAsync("| Scenario | Bytes of a part | At most | |");
        await output.WriteLineAsync("|---|---:|---:|---|");
        foreach (var (name, most) in MostBytes)
        {
            await using var scenario = Suite.New(name);
            await scenario.PrepareAsync();
            await scenario.CheckAsync();
            var bytes = await LeastAsync(scenario.Candidate.Act) / scenario.Parts;
            holds &= bytes <= most;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {bytes:N0} | {most:N0} | {(bytes <= most ? "" : "**too much**")} |"));
        }

        return holds;
    }

    private static async Task<double> LeastAsync(Func<Task> act)
    {
        await WarmUp.RunAsync(act, LeastWarmUp);
        return await PairedRun.AllocatedAsync(act);
    }
}
