using System.Globalization;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>Checks and measures every scenario in about two minutes of processor time, and prints one table.</summary>
internal static class QuickRun
{
    private static readonly Rounds Rounds = new(warmUp: TimeSpan.FromSeconds(0.8), measuring: TimeSpan.FromSeconds(2.5));

    // Shared code reaches its final tier here, so that the first scenario is measured like the others.
    private static readonly Rounds Discarded = new(warmUp: TimeSpan.FromSeconds(2), measuring: TimeSpan.FromSeconds(0.5));

    /// <param name="filter">Measures the scenarios alone whose names contain this.</param>
    /// <returns>The exit code: 1 when a contender produced something else than the floor.</returns>
    public static async Task<int> RunAsync(string filter)
    {
        Console.WriteLine(
            "| Scenario | Contender | Time of a call | Time / floor | Per part | Allocated of a call | Per part | Allocated / needed |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        var isWarm = false;
        foreach (var (name, create) in Suite.All.Where(scenario => scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            await using var scenario = create();
            await scenario.PrepareAsync();
            try
            {
                await scenario.CheckAsync();
            }
            catch (InvalidDataException exception)
            {
                await Console.Error.WriteLineAsync($"{name}: {exception.Message}");
                return 1;
            }

            List<Func<Task>> acts = [.. scenario.Contenders.Select(contender => contender.Act)];
            if (!isWarm)
            {
                await Discarded.MeasureAsync(acts);
                isWarm = true;
            }

            Print(name, scenario, await Rounds.MeasureAsync(acts));
        }

        return 0;
    }

    private static void Print(string name, Scenario scenario, IReadOnlyList<Measured> measured)
    {
        for (var i = 0; i < measured.Count; i++)
        {
            var (nanoseconds, ratio, bytes) = measured[i];
            var hasParts = scenario.Parts > 1;
            var time = hasParts ? Text($"{nanoseconds / scenario.Parts:N0} ns") : "";
            var memory = hasParts ? Text($"{bytes / scenario.Parts:N0} B") : "";
            var needed = scenario.NeededBytes is { } least ? Text($"{bytes / least:F3}") : "";
            var contender = scenario.Contenders[i].Name;
            Console.WriteLine(Text(
                $"| {name} | {contender} | {nanoseconds / 1000:N1} µs | {ratio:F2} | {time} | {bytes:N0} B | {memory} | {needed} |"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
