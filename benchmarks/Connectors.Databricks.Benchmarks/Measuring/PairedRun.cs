namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>
/// Compares a candidate with a baseline in one process. The two take turns in short slices, so that a busy machine slows both; the result
/// is the median of the slices' ratios. Time is the processor time of the process: in-process scenarios never wait, and other processes do
/// not count.
/// </summary>
internal sealed class PairedRun(TimeSpan warmUp, TimeSpan measuring)
{
    /// <summary>Long enough for the clock, short enough for many slices.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(12);

    /// <summary>Other threads allocate, too, so the fewest allocated bytes of several calls are those of one call.</summary>
    private const int AllocationCalls = 20;

    public async Task<PairedRatio> MeasureAsync(Func<Task> baseline, Func<Task> candidate)
    {
        var baselineCalls = await WarmUpAsync(baseline);
        var candidateCalls = await WarmUpAsync(candidate);
        var ratios = new List<double>();
        var end = Environment.TickCount64 + (long)measuring.TotalMilliseconds;
        for (var slice = 0; slice < 5 || Environment.TickCount64 < end; slice++)
        {
            // The order alternates, because the garbage of one contender may be collected during the other.
            var isCandidateFirst = slice % 2 == 1;
            var candidateTime = isCandidateFirst ? await TimeAsync(candidate, candidateCalls) : 0;
            var baselineTime = await TimeAsync(baseline, baselineCalls);
            ratios.Add((isCandidateFirst ? candidateTime : await TimeAsync(candidate, candidateCalls)) / baselineTime);
        }

        return new PairedRatio(Median.Of(ratios), await AllocatedAsync(candidate) / await AllocatedAsync(baseline));
    }

    /// <summary>The fewest bytes that a call allocates.</summary>
    public static async Task<double> AllocatedAsync(Func<Task> act)
    {
        var least = double.MaxValue;
        for (var i = 0; i < AllocationCalls; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await act();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    // Returns how many calls fill a slice.
    private async Task<int> WarmUpAsync(Func<Task> act) =>
        Math.Max(1, (int)(await WarmUp.RunAsync(act, warmUp) * Slice.TotalSeconds));

    private static async Task<double> TimeAsync(Func<Task> act, int calls)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < calls; i++)
        {
            await act();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / calls;
    }
}

/// <param name="Time">Median of the ratios of the slices.</param>
/// <param name="Bytes">Allocated bytes of the candidate, divided by those of the baseline.</param>
internal readonly record struct PairedRatio(double Time, double Bytes);
