using System.Globalization;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Loopback;
using Connectors.Databricks.Benchmarks.Measuring;

namespace Connectors.Databricks.Benchmarks.Batches;

/// <summary>
/// Compares a batch, its checkpoint on, with the hand-written loops of <see cref="BatchContenders"/>. Time is the processor time of the
/// process, as in <see cref="PairedRun"/>; the contenders take turns, and the medians of the ratios count. When a target is missed, the
/// rounds are repeated: load of other processes ends, and a slow batch stays slow.
/// </summary>
/// <param name="items">The number of requests of a run.</param>
/// <param name="rounds">The number of runs of each, before they are repeated.</param>
/// <param name="overLoopback">Whether the service is another process, over real connections; otherwise it is in this one.</param>
/// <param name="warmUp">Enough requests for every method to reach tier-1 compilation, also on a busy machine.</param>
internal sealed class BatchRatio(int items, int rounds, bool overLoopback = false, int warmUp = 200_000)
{
    /// <summary>How often the rounds are measured at most.</summary>
    private const int Attempts = 4;

    private readonly List<double> _bare = [];
    private readonly List<double> _storing = [];
    private readonly List<double> _allocated = [];

    /// <returns>Whether every target is met.</returns>
    /// <exception cref="InvalidDataException">A response is missing, or not that of its request.</exception>
    public async Task<bool> RunAsync(TextWriter output)
    {
        using var server = overLoopback ? await ServerProcess.StartAsync() : null;
        using var http = server is null ? new HttpClient(new EchoService()) : new HttpClient();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var serving = Clients.Serving(http, server?.Address ?? EchoService.Host);
            var contenders = new BatchContenders(serving, LoopbackServer.EchoEndpoint, folder.FullName);
            await contenders.LoopAsync(warmUp);
            await contenders.StoringLoopAsync(warmUp);
            await contenders.BatchAsync(warmUp);
            BatchFigures? figures = null;
            for (var attempt = 0; attempt < Attempts && figures is not { IsFast: true }; attempt++)
            {
                for (var round = 0; round < rounds; round++)
                {
                    await MeasureAsync(contenders, output);
                }

                figures = new(
                    items, overLoopback, Median.Of(_storing), Median.Of(_bare), Median.Of(_allocated),
                    figures?.MemoryBytes ?? await contenders.GrowthAsync(items));
            }

            await output.WriteLineAsync(figures!.ToString());
            return figures.IsMet;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The order changes, because the garbage of one contender may be collected during the next one.
    private async Task MeasureAsync(BatchContenders contenders, TextWriter output)
    {
        Func<int, Task>[] runs = [contenders.LoopAsync, contenders.StoringLoopAsync, contenders.BatchAsync];
        var (times, bytes) = (new double[runs.Length], new double[runs.Length]);
        for (var i = 0; i < runs.Length; i++)
        {
            var next = (_bare.Count + i) % runs.Length;
            (times[next], bytes[next]) = await MeasureAsync(() => runs[next](items));
        }

        _bare.Add(times[2] / times[0]);
        _storing.Add(times[2] / times[1]);
        _allocated.Add(bytes[2] - bytes[0]);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"round {_bare.Count}, µs of processor time a request: {times[0]:F2} loop, {times[1]:F2} loop with a file, "
            + $"{times[2]:F2} batch with a checkpoint; bytes allocated a request: {bytes[0]:F0}, {bytes[1]:F0}, {bytes[2]:F0}"));
    }

    private async Task<(double Microseconds, double Bytes)> MeasureAsync(Func<Task> run)
    {
        GC.Collect();
        var (time, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        await run();
        return (
            (Environment.CpuUsage.TotalTime - time).TotalMicroseconds / items,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / items);
    }
}
