using System.Globalization;
using Connectors.Databricks.Benchmarks.Loopback;
using Connectors.Databricks.Benchmarks.Measuring;

namespace Connectors.Databricks.Benchmarks.ColdStarts;

/// <summary>
/// The time from the start of a process to the first token of a stream, of an app with the connector and of one with an
/// <see cref="HttpClient"/> alone, against a server in another process. The two take turns; the ratio is the median of the rounds' ratios.
/// </summary>
internal static class ColdStartRun
{
    private const string Floor = "Connectors.Databricks.ColdStart.Floor";
    private const string Connector = "Connectors.Databricks.ColdStart";
    private const double MostWithJit = 2.5;
    private const double MostNative = 2.5;

    /// <returns>Whether every target is met.</returns>
    /// <exception cref="InvalidDataException">The programs sent different requests, or read different tokens.</exception>
    public static async Task<bool> RunAsync(ColdStartPlan plan, TextWriter output)
    {
        using var server = await ServerProcess.StartAsync();
        await output.WriteLineAsync("| Process start to first token | HttpClient alone | Connector | | At most | Methods compiled | |");
        await output.WriteLineAsync("|---|---:|---:|---|---:|---:|---|");
        var jit = await MeasureAsync(
            "JIT", ColdStartProgram.Jit(Floor, "cold-start-floor"), ColdStartProgram.Jit(Connector, "cold-start"), MostWithJit,
            server.Address, plan, output);
        var (nativeFloor, native) = (ColdStartProgram.Native(Floor, "cold-start-floor"), ColdStartProgram.Native(Connector, "cold-start"));
        return jit & (!nativeFloor.Exists || !native.Exists
            || await MeasureAsync("Native AOT", nativeFloor, native, MostNative, server.Address, plan, output));
    }

    private static async Task<bool> MeasureAsync(
        string how, ColdStartProgram floor, ColdStartProgram connector, double most, Uri server, ColdStartPlan plan, TextWriter output)
    {
        await CompareAsync(floor, connector, server);
        List<ColdStart> floors = [];
        List<ColdStart> connectors = [];
        for (var round = 0; round < plan.Rounds; round++)
        {
            // The order alternates, because a busy machine changes from start to start.
            if (round % 2 == 0)
            {
                floors.Add(await floor.RunAsync(server));
            }

            connectors.Add(await connector.RunAsync(server));
            if (round % 2 == 1)
            {
                floors.Add(await floor.RunAsync(server));
            }
        }

        var ratio = Median.Of(connectors.Zip(floors, (own, other) => own.Milliseconds / other.Milliseconds));
        var isMet = !plan.IsJudged || ratio <= most;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {how} | {Milliseconds(floors):N0} ms | {Milliseconds(connectors):N0} ms | {ratio:F2} times as long | {most:F1} | ")
            + string.Create(CultureInfo.InvariantCulture, $"{Methods(floors):N0}, {Methods(connectors):N0} | ")
            + (isMet ? "|" : "**target missed** |"));
        return isMet;
    }

    // The first start of each reads its files from the disk, and is not measured.
    private static async Task CompareAsync(ColdStartProgram floor, ColdStartProgram connector, Uri server)
    {
        using var http = new HttpClient();
        var last = new Uri(server, "/last");
        var expected = (await floor.RunAsync(server)).Token;
        var sent = await http.GetStringAsync(last);
        var token = (await connector.RunAsync(server)).Token;
        var own = await http.GetStringAsync(last);
        if (own != sent || token != expected)
        {
            throw new InvalidDataException($"The programs differ.\nfloor: {expected}, {sent}\nconnector: {token}, {own}");
        }
    }

    private static double Milliseconds(List<ColdStart> starts) => Median.Of(starts.Select(start => start.Milliseconds));

    private static double Methods(List<ColdStart> starts) => Median.Of(starts.Select(start => (double)start.CompiledMethods));
}
