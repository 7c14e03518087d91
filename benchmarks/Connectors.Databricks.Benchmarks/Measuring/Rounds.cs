using System.Diagnostics;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>
/// Measures contenders against the first of them. Each round runs all of them, one behind the other, from a start that moves on: a
/// busy machine slows a whole round, and the ratio within the round stays. What is reported is the median over the rounds. Time is the
/// processor time of this process: nothing here ever waits, so on an idle machine it is the time of the clock, and on a busy one it
/// leaves out what other processes take.
/// </summary>
internal sealed class Rounds(TimeSpan warmUp, TimeSpan measuring)
{
    /// <summary>Long enough for the clock, short enough for many rounds.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(12);

    /// <summary>Allocation does not vary; a few calls average out what is allocated once in a while.</summary>
    private const int AllocationCalls = 20;

    public async Task<IReadOnlyList<Measured>> MeasureAsync(IReadOnlyList<Func<Task>> contenders)
    {
        var calls = new int[contenders.Count];
        for (var i = 0; i < contenders.Count; i++)
        {
            calls[i] = await WarmUpAsync(contenders[i]);
        }

        var times = contenders.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; clock.Elapsed < measuring || round < 5; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var i = (round + turn) % contenders.Count;
                times[i].Add(await TimeAsync(contenders[i], calls[i]));
            }
        }

        var results = new Measured[contenders.Count];
        for (var i = 0; i < contenders.Count; i++)
        {
            var ratios = times[i].Zip(times[0], (own, floor) => own / floor);
            results[i] = new Measured(Median(times[i]), Median(ratios), await AllocatedAsync(contenders[i]));
        }

        return results;
    }

    // Returns how many calls fill a turn.
    private async Task<int> WarmUpAsync(Func<Task> contender)
    {
        var before = Environment.CpuUsage.TotalTime;
        var calls = 0;
        for (; Environment.CpuUsage.TotalTime - before < warmUp; calls++)
        {
            await contender();
        }

        return Math.Max(1, (int)(calls * Turn / warmUp));
    }

    private static async Task<double> TimeAsync(Func<Task> contender, int calls)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < calls; i++)
        {
            await contender();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / calls;
    }

    private static async Task<double> AllocatedAsync(Func<Task> contender)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < AllocationCalls; i++)
        {
            await contender();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)AllocationCalls;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <param name="Nanoseconds">Median time of one call.</param>
/// <param name="Ratio">Median of the ratios to the first contender.</param>
/// <param name="Bytes">Allocated by one call.</param>
internal readonly record struct Measured(double Nanoseconds, double Ratio, double Bytes);
