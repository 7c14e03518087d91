using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;

namespace Connectors.Databricks.Benchmarks.Loopback;

/// <summary>
/// The ratios that only real connections show: the time to the first update, the throughput of a thousand streams at once, and the memory
/// of a stream that waits. Floor and connector alternate. The floor is <see cref="FloorStream"/>: bare <c>HttpClient</c>, the framework's
/// event parser, the same update objects.
/// </summary>
internal static class LoopbackRun
{
    /// <summary>How many first updates one ratio is taken from.</summary>
    private const int BlockSize = 100;

    private const double MostFirstUpdate = 1.10;
    private const double LeastThroughput = 0.9;
    private const double MostIdleBytes = 16 * 1024;

    /// <returns>Whether every target is met.</returns>
    public static async Task<bool> RunAsync(LoopbackPlan plan, TextWriter output)
    {
        using var server = await ServerProcess.StartAsync();
        output.WriteLine("| Over loopback | Floor | Connector | | |");
        output.WriteLine("|---|---:|---:|---|---|");
        return await FirstUpdatesAsync(server.Address, plan, output)
            & await ManyStreamsAsync(server.Address, plan, output)
            & await IdleStreamsAsync(server.Address, plan, output);
    }

    private static IStreamContender[] Contenders(HttpClient http, Uri server, string endpoint) =>
        [Floor(http, server, endpoint), Connector(http, server, endpoint)];

    private static FloorStream Floor(HttpClient http, Uri server, string endpoint) =>
        new(http, new Uri(server, $"/serving-endpoints/{endpoint}/invocations"));

    private static ClientStream Connector(HttpClient? http, Uri server, string endpoint) =>
        new(Clients.Connector, Clients.ConnectorChat(http, server, endpoint));

    // The client bounds the wait for headers, as every new one does; or nothing does, which saves the floor a token that can be canceled;
    // or each has its own connections, with the same settings: compressed responses, no redirect, no cookies.
    private static async Task<bool> FirstUpdatesAsync(Uri server, LoopbackPlan plan, TextWriter output)
    {
        const string Endpoint = LoopbackServer.StreamingEndpoint;
        using var plain = new HttpClient();
        var areMet = await FirstUpdateAsync("a plain HttpClient", Contenders(plain, server, Endpoint), plan, output);
        using var unbounded = NewClient();
        areMet &= await FirstUpdateAsync("an HttpClient without a timeout", Contenders(unbounded, server, Endpoint), plan, output);
        using var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        using var own = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        return areMet & await FirstUpdateAsync(
            "connections of their own", [Floor(own, server, Endpoint), Connector(http: null, server, Endpoint)], plan, output);
    }

    // Sequential calls of alternating contenders, so that load slows both. Compilation in the background takes seconds.
    private static async Task<bool> FirstUpdateAsync(string over, IStreamContender[] contenders, LoopbackPlan plan, TextWriter output)
    {
        List<double>[] times = [[], []];
        for (var i = -plan.WarmUps; i < plan.FirstUpdates; i++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var which = (i + turn) & 1;
                var totals = new Totals();
                var started = Stopwatch.GetTimestamp();
                await contenders[which].ReadAsync(totals);
                if (i >= 0)
                {
                    times[which].Add(Stopwatch.GetElapsedTime(started, totals.FirstDeltaAt).TotalMicroseconds);
                }
            }
        }

        // In short blocks, so that load of a second does not change the result.
        var ratio = Median.Of(times[0].Chunk(BlockSize).Zip(times[1].Chunk(BlockSize), (floor, own) => Median.Of(own) / Median.Of(floor)));
        return Print(
            output, $"First update over {over}", Text($"{Median.Of(times[0]):N0} µs"), Text($"{Median.Of(times[1]):N0} µs"),
            Text($"{ratio:F3} times as long"), ratio <= MostFirstUpdate);
    }

    private static async Task<bool> ManyStreamsAsync(Uri server, LoopbackPlan plan, TextWriter output)
    {
        using var http = NewClient();
        var contenders = Contenders(http, server, LoopbackServer.StreamingEndpoint);
        var ratios = new List<double>();
        List<double>[] rates = [[], []];
        for (var round = -1; round < plan.Rounds; round++)
        {
            var seconds = new double[2];
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var which = (round + turn) & 1;
                seconds[which] = await TimeAsync(contenders[which], plan.Streams);
            }

            if (round >= 0)
            {
                ratios.Add(seconds[0] / seconds[1]);
                rates[0].Add(plan.Streams * LoopbackServer.Deltas / seconds[0]);
                rates[1].Add(plan.Streams * LoopbackServer.Deltas / seconds[1]);
            }
        }

        return Print(
            output, Text($"{plan.Streams:N0} streams at once, deltas a second"), Text($"{Median.Of(rates[0]):N0}"),
            Text($"{Median.Of(rates[1]):N0}"), Text($"{Median.Of(ratios):F2} of the floor's throughput"),
            Median.Of(ratios) >= LeastThroughput);
    }

    private static async Task<double> TimeAsync(IStreamContender contender, int streams)
    {
        var totals = Enumerable.Range(0, streams).Select(_ => new Totals()).ToArray();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(totals.Select(stream => Task.Run(() => contender.ReadAsync(stream))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return totals.All(stream => stream.Deltas == LoopbackServer.Deltas)
            ? seconds
            : throw new InvalidDataException($"{contender.Name} lost deltas.");
    }

    // The memory of the process while the streams are open and idle.
    private static async Task<bool> IdleStreamsAsync(Uri server, LoopbackPlan plan, TextWriter output)
    {
        List<double>[] bytes = [[], []];
        for (var round = -1; round < plan.Rounds; round++)
        {
            for (var which = 0; which < 2; which++)
            {
                using var http = NewClient();
                var contender = Contenders(http, server, LoopbackServer.IdleEndpoint)[which];
                var before = GC.GetTotalMemory(forceFullCollection: true);
                var totals = Enumerable.Range(0, plan.Streams).Select(_ => new Totals()).ToArray();
                var reading = totals.Select(contender.ReadAsync).ToArray();
                while (totals.Any(stream => stream.Deltas == 0))
                {
                    await Task.Delay(20);
                }

                var held = GC.GetTotalMemory(forceFullCollection: true) - before;
                (await http.PostAsync(new Uri(server, "/release"), content: null)).Dispose();
                await Task.WhenAll(reading);
                if (round >= 0)
                {
                    bytes[which].Add((double)held / plan.Streams);
                }
            }
        }

        var more = Median.Of(bytes[1]) - Median.Of(bytes[0]);
        return Print(
            output, Text($"{plan.Streams:N0} streams that wait, bytes each"), Text($"{Median.Of(bytes[0]):N0}"),
            Text($"{Median.Of(bytes[1]):N0}"), Text($"{more:N0} more"), more <= MostIdleBytes);
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    private static bool Print(TextWriter output, string what, string floor, string connector, string verdict, bool isMet)
    {
        output.WriteLine($"| {what} | {floor} | {connector} | {verdict} | {(isMet ? "" : "**target missed**")} |");
        return isMet;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
