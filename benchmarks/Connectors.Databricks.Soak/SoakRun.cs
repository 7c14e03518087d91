using System.Diagnostics;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Soak;

/// <summary>Starts the emulator and the callers, lets them run to the end of the plan, and judges.</summary>
internal sealed class SoakRun
{
    private const int Samples = 5;

    /// <summary>What a heap may gain from the first quarter of the run to its end: pools fill up, answers do not.</summary>
    private const long SlackBytes = 16 * 1024 * 1024;

    private readonly SoakPlan _plan;
    private readonly Calls _calls;
    private readonly FaultMix _mix;
    private readonly Tally _tally = new();
    private readonly List<Vitals> _vitals = [];
    private readonly int _port;
    private readonly Stopwatch _watch = new();
    private int _next;

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
            MaxRecordedRequests = 0,
            FaultPause = TimeSpan.FromMilliseconds(5),
        });
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            UseCookies = false,
            MaxConnectionsPerServer = plan.Callers * 2,
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            HttpClient = http,
            RequestTimeout = TimeSpan.FromSeconds(15),
            StreamIdleTimeout = TimeSpan.FromSeconds(15),
            RetryBaseDelay = TimeSpan.FromMilliseconds(20),
            ResponseLimits = { MaxBytes = 2 * 1024 * 1024, MaxEventBytes = 1024 * 1024 },
        });
        var calls = new Calls(serving);
        await calls.PrepareAsync();
        var run = new SoakRun(plan, emulator, calls);
        await run.RunCallersAsync();
        return run.Judge();
    }

    private async Task RunCallersAsync()
    {
        Console.WriteLine($"{_plan.Calls:N0} calls by {_plan.Callers} callers, {_plan.Faults:P0} of them spoiled, seed {_plan.Seed}.\n");
        _watch.Start();
        var callers = Enumerable.Range(0, _plan.Callers).Select(_ => Task.Run(CallAsync)).ToArray();
        var all = Task.WhenAll(callers);
        for (var sample = 1; sample < Samples; sample++)
        {
            while (!all.IsCompleted && Done < (double)sample / Samples)
            {
                await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(200)));
            }

            _vitals.Add(Vitals.Take(Done, _port));
        }

        await all;
        _watch.Stop();

        // Connections that were given up are gone a moment later.
        await Task.Delay(TimeSpan.FromSeconds(3));
        _vitals.Add(Vitals.Take(1, _port));
    }

    private double Done => Math.Max((double)_tally.Total / _plan.Calls, _watch.Elapsed / _plan.Longest);

    private async Task CallAsync()
    {
        while (_watch.Elapsed < _plan.Longest && Interlocked.Increment(ref _next) is var number && number <= _plan.Calls)
        {
            var random = new Random(HashCode.Combine(_plan.Seed, number));
            var kind = Calls.Kinds[random.Next(Calls.Kinds.Length)];
            var fault = FaultMix.Draw(random, _plan.Faults);
            await CallOnceAsync(kind, number, fault);
            _mix.Forget($"[call {number}");
        }
    }

    private async Task CallOnceAsync(string kind, int number, EmulatedFault? fault)
    {
        var expected = FaultMix.Expect(fault);
        try
        {
            if (await _calls.RunAsync(kind, number, fault) is { } wrong)
            {
                _tally.AddWrong(kind, Tally.WrongAnswer, $"{fault}: {wrong}");
            }
            else if (expected == Expectation.Failure)
            {
                _tally.AddWrong(kind, Tally.Unnoticed, $"{fault}");
            }
            else
            {
                _tally.Add(kind, fault is null ? Tally.Right : Tally.Retried);
            }
        }
        catch (DatabricksServingException failure) when (expected != Expectation.Answer)
        {
            _tally.Add(kind, Tally.Failed);
            _ = failure;
        }
        catch (DatabricksServingException failure)
        {
            _tally.AddWrong(kind, Tally.Lost, $"{fault}: {failure.Message}");
        }
        catch (Exception exception)
        {
            _tally.AddWrong(kind, Tally.Untyped, $"{fault}: {exception}");
        }
    }

    private bool Judge()
    {
        Console.WriteLine($"| {"",-10} | {string.Join(" | ", Tally.Outcomes)} |\n|---|{string.Concat(Tally.Outcomes.Select(_ => "---:|"))}");
        foreach (var kind in Calls.Kinds)
        {
            Console.WriteLine($"| {kind,-10} | {string.Join(" | ", Tally.Outcomes.Select(outcome => $"{_tally.Count(kind, outcome):N0}"))} |");
        }

        Console.WriteLine($"\n{_tally.Total:N0} calls in {_watch.Elapsed:hh\\:mm\\:ss}, {_tally.Total / _watch.Elapsed.TotalSeconds:N0} a second.\n");
        Console.WriteLine("| done | heap after GC | working set | handles | connections |\n|---:|---:|---:|---:|---:|");
        _vitals.ForEach(Console.WriteLine);
        var (first, last) = (_vitals[0], _vitals[^1]);
        var isFlat = last.HeapBytes <= first.HeapBytes + SlackBytes && last.Handles <= first.Handles + 64 && last.Connections <= _plan.Callers * 2;
        foreach (var line in _tally.Wrong)
        {
            Console.WriteLine(line.Length > 600 ? line[..600] : line);
        }

        Console.WriteLine(isFlat ? "\nNothing was kept." : "\nMEMORY, HANDLES OR CONNECTIONS GREW.");
        Console.WriteLine(_tally.IsClean ? "Nothing was lost, doubled, crossed or cut." : "ANSWERS WERE WRONG.");
        return isFlat && _tally.IsClean;
    }
}
