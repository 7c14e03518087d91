using System.Runtime;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>
/// Runs an operation until it is compiled: for a time, and until the JIT has compiled nothing for half of it. The first scenario of a
/// process takes longer than those that share code with it, and a busy machine compiles in the background late.
/// </summary>
internal static class WarmUp
{
    /// <summary>The longest warm-up, as a multiple of the shortest.</summary>
    private const int Longest = 10;

    /// <param name="act">The operation.</param>
    /// <param name="least">The shortest warm-up, in processor time.</param>
    /// <returns>How often the operation ran in a second of processor time.</returns>
    public static async Task<double> RunAsync(Func<Task> act, TimeSpan least)
    {
        var start = Environment.CpuUsage.TotalTime;
        var (now, quietSince, compiled, calls) = (start, start, JitInfo.GetCompiledMethodCount(), 0);
        do
        {
            await act();
            calls++;
            now = Environment.CpuUsage.TotalTime;
            if (JitInfo.GetCompiledMethodCount() is var count && count != compiled)
            {
                (compiled, quietSince) = (count, now);
            }
        }
        while (now - start < least || (now - quietSince < least / 2 && now - start < Longest * least));

        return calls / (now - start).TotalSeconds;
    }
}
