using System.Diagnostics;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Soak;

/// <summary>Starts the emulator and the callers, runs the plan, and evaluates the results.</summary>
internal sealed class SoakRun
{
    private const int Samples = 5;

    /// <summary>The allowed growth of the heap from the first quarter of the run to its end: pools fill up, responses do not.</summary>
    private const long SlackBytes = 16 * 1024 * 1024;

    /// <summary>Files and sockets that the framework opens for itself on the way.</summary>
    private const int SlackHandles = 32;

    /// <summary>A shorter run is not conclusive.</summary>
    private const int LeastCalls = 10_000;

    private const int LatestToLeave = 40; // milliseconds: before, during and after the response

    /// <summary>Connections close at once, and later on a busy machine.</summary>
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(30);

    private readonly SoakPlan _plan;
    private readonly Calls _calls;
    private readonly FaultMix _mix;
    private readonly Totals _totals = new();
    private readonly List<ProcessMetrics> _metrics = [];
    private readonly int _port;
    private readonly Stopwatch _watch = new();
    private int _next;
    private int _corruptedConnections;

    private SoakRun(SoakPlan plan, DatabricksEmulator emulator, Calls calls)
    {
        _plan = plan;
        _calls = calls;
        _mix = new FaultMix(emulator.Faults);
        _port = emulator.Host.Port;
    }

    /// <returns>Whether nothing was lost, wrong or kept.</returns>
    public static async Task<bool> RunAsync(SoakPlan plan)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new()
        {
            Limits = { MaxRecordedRequests = 0 },
            Faults = { Pause = TimeSpan.FromMilliseconds(5) },
        });
        SoakRun run;
        using (var http = NewHttpClient(plan))
        {
            var calls = new Calls(new DatabricksServingClient(Options(plan, emulator, http)));
            await calls.PrepareAsync();
            run = new SoakRun(plan, emulator, calls);
            run.TakeMetrics("start");
            await run.RunCallersAsync();
            run.TakeMetrics("end");
        }

        await run.WaitForCloseAsync();
        return run.Judge();
    }

    private static HttpClient NewHttpClient(SoakPlan plan) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        UseCookies = false,
        MaxConnectionsPerServer = plan.Callers * 2,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // Fewer permits than callers at each endpoint, so that calls are queued.
    private static DatabricksServingOptions Options(SoakPlan plan, DatabricksEmulator emulator, HttpClient http) => new()
    {
        Host = emulator.Host,
        Credential = DatabricksCredential.FromToken(emulator.Token),
        HttpClient = http,
        StreamIdleTimeout = TimeSpan.FromSeconds(15),
        Resilience =
        {
            TotalRequestTimeout = new() { Timeout = TimeSpan.FromSeconds(15) },
            Retry = new() { MaxRetryAttempts = 2, Delay = TimeSpan.FromMilliseconds(20) },
            RateLimiter = new() { DefaultRateLimiterOptions = { PermitLimit = Math.Max(1, plan.Callers / 2), QueueLimit = plan.Callers } },
            Throttling = { AdaptiveConcurrency = false },
        },
        ResponseLimits = { MaxBytes = 2 * 1024 * 1024, MaxEventBytes = 1024 * 1024 },
    };

    private async Task RunCallersAsync()
    {
        Console.WriteLine(
            $"{_plan.Calls:N0} calls by {_plan.Callers} callers, {_plan.Faults:P0} of them with faults, {_plan.Leaving:P0} left, seed " +
            $"{_plan.Seed}.\n");
        _watch.Start();
        var callers = Enumerable.Range(0, _plan.Callers).Select(_ => Task.Run(CallAsync)).ToArray();
        var all = Task.WhenAll(callers);
        for (var sample = 1; sample < Samples; sample++)
        {
            while (!all.IsCompleted && Done < (double)sample / Samples)
            {
                await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(200)));
            }

            TakeMetrics($"{Done:P0}");
        }

        await all;
        _watch.Stop();
    }

    // Connections that are still open in the end are leaked.
    private async Task WaitForCloseAsync()
    {
        var closing = Stopwatch.StartNew();
        ProcessMetrics closed;
        while (!IsClosed(closed = ProcessMetrics.Take("closed", _port)) && closing.Elapsed < LongestClose)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        _metrics.Add(closed);
    }

    private bool IsClosed(ProcessMetrics metrics) =>
        metrics.Connections == 0 && metrics.Handles <= _metrics[0].Handles + SlackHandles;

    private void TakeMetrics(string when) => _metrics.Add(ProcessMetrics.Take(when, _port));

    private double Done => Math.Max((double)_totals.Total / _plan.Calls, _watch.Elapsed / _plan.Longest);

    private async Task CallAsync()
    {
        while (_watch.Elapsed < _plan.Longest && Interlocked.Increment(ref _next) is var number && number <= _plan.Calls)
        {
            var random = new Random(unchecked((_plan.Seed * 1_000_003) + number));
            var kind = Calls.Kinds[random.Next(Calls.Kinds.Length)];
            var fault = FaultMix.Draw(random, _plan.Faults);
            using var leaving = new CancellationTokenSource();
            if (random.NextDouble() < _plan.Leaving)
            {
                leaving.CancelAfter(random.Next(LatestToLeave));
            }

            await CallOnceAsync(kind, number, fault, leaving.Token);
        }
    }

    private async Task CallOnceAsync(string kind, int number, EmulatedFault? fault, CancellationToken leaving)
    {
        var expected = FaultMix.Expect(fault);
        var (mayBeMissing, isNeighbors) = (false, false);
        Interlocked.Add(ref _corruptedConnections, fault is EmulatedFault.LengthTooShort ? 1 : 0);
        try
        {
            if (await _calls.RunAsync(kind, number, fault, leaving) is { } wrong)
            {
                _totals.AddWrong(kind, Totals.WrongAnswer, $"{fault}: {wrong}");
            }
            else if (expected == Expectation.Failure)
            {
                _totals.AddWrong(kind, Totals.Unnoticed, $"{fault}");
            }
            else
            {
                _totals.Add(kind, fault is null ? Totals.Right : Totals.Retried);
            }
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == leaving && leaving.IsCancellationRequested)
        {
            _totals.Add(kind, Totals.Left);
        }
        catch (DatabricksServingException failure) when (expected != Expectation.Answer)
        {
            mayBeMissing |= IsNeighbors(failure);
            _totals.Add(kind, Totals.Failed);
        }
        catch (DatabricksServingException failure) when (IsNeighbors(failure))
        {
            mayBeMissing = isNeighbors = true;
            _totals.Add(kind, Totals.Neighbor);
        }
        catch (DatabricksServingException failure)
        {
            _totals.AddWrong(kind, Totals.Lost, $"{fault}: {failure.Message}");
        }
        catch (Exception exception)
        {
            _totals.AddWrong(kind, Totals.Untyped, $"{fault}: {exception}");
        }

        var (arrived, mustArrive) = (_mix.TakeArrivals(number), FaultMix.ExpectArrivals(fault));
        if (arrived > mustArrive)
        {
            _totals.AddWrong(kind, Totals.Doubled, $"{fault}: arrived {arrived} times in place of {mustArrive}");
        }
        else if (isNeighbors && arrived == mustArrive)
        {
            _totals.AddWrong(kind, Totals.Lost, $"{fault}: arrived, and its response did not");
        }
        else if (arrived < mustArrive && !mayBeMissing && !leaving.IsCancellationRequested)
        {
            _totals.AddWrong(kind, Totals.Lost, $"{fault}: arrived {arrived} times in place of {mustArrive}");
        }
    }

    // A response longer than its Content-Length leaves the rest on the connection, for the next request there: HTTP cannot separate their
    // bytes. That call never arrives, and fails like one whose connection broke.
    private static bool IsNeighbors(DatabricksServingException failure) => failure is
    {
        IsTransient: true,
        StatusCode: null,
        HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded,
    };

    private bool Judge()
    {
        Console.WriteLine(
            $"| {"",-10} | {string.Join(" | ", Totals.Outcomes)} |\n|---|{string.Concat(Totals.Outcomes.Select(_ => "---:|"))}");
        foreach (var kind in Calls.Kinds)
        {
            Console.WriteLine(
                $"| {kind,-10} | {string.Join(" | ", Totals.Outcomes.Select(outcome => $"{_totals.Count(kind, outcome):N0}"))} |");
        }

        Console.WriteLine(
            $"\n{_totals.Total:N0} calls in {_watch.Elapsed:hh\\:mm\\:ss}, {_totals.Total / _watch.Elapsed.TotalSeconds:N0} a second.\n");
        Console.WriteLine("| when | heap after GC | working set | handles | connections |\n|---:|---:|---:|---:|---:|");
        _metrics.ForEach(Console.WriteLine);
        var isFlat = _metrics[^2].HeapBytes <= _metrics[1].HeapBytes + SlackBytes && IsClosed(_metrics[^1]);
        foreach (var line in _totals.Wrong)
        {
            Console.WriteLine(line.Length > 400 ? line[..400] : line);
        }

        Console.WriteLine(isFlat ? "\nNothing was kept." : "\nMEMORY, HANDLES OR CONNECTIONS GREW.");
        Console.WriteLine(
            $"{_corruptedConnections} responses corrupted their connection for the next call: {_totals.Count(Totals.Neighbor)} met one.");
        Console.WriteLine(_totals.IsClean ? "Nothing was lost, doubled, crossed or cut." : "RESPONSES WERE WRONG.");
        var isEnough = _totals.Total >= Math.Min(_plan.Calls, LeastCalls);
        Console.WriteLine(isEnough ? "" : $"TOO FEW CALLS: {LeastCalls:N0} are the least.");
        return isFlat && isEnough && _totals.IsClean && _totals.Count(Totals.Neighbor) <= _corruptedConnections;
    }
}
