using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>
/// Each fault meets each kind of call once; what came of it, and after how many requests, is in <see cref="Outcomes"/>. Nothing may come of
/// it that is not there: no other exception, no wrong answer, no hang.
/// </summary>
public class FaultMatrixTests
{
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(77);

    // Of the wall clock: only a hang meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<EmulatedFault, string> Cases()
    {
        var cases = new TheoryData<EmulatedFault, string>();
        foreach (var fault in Enum.GetValues<EmulatedFault>())
        {
            foreach (var surface in Surface.All)
            {
                cases.Add(fault, surface);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fault_has_the_outcome_on_file(EmulatedFault fault, string surface)
    {
        var clock = new FakeClock();
        await using var emulator = await DatabricksEmulator.StartAsync(new() { Faults = { Pause = TimeSpan.FromMilliseconds(1) } });
        using var http = new HttpClient(NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var serving = new DatabricksServingClient(Options(emulator, http, clock));
        var right = await Surface.CallAsync(serving, surface, default);
        var before = emulator.Requests.Count;
        emulator.Faults.Add(fault, times: 1).HugeBytes = 2_000_000;

        using var giveUp = new CancellationTokenSource(Patience);
        var calling = OutcomeAsync(serving, surface, right, giveUp.Token);
        await MoveClockAsync(clock, fault, surface, calling, Surface.Endpoint(emulator, surface), giveUp.Token);

        var outcome = await calling;
        Assert.Equal(Outcomes.Of(fault, surface), $"{outcome} /{emulator.Requests.Count - before}");
        Assert.Equal(fault, emulator.Requests[before].Fault);
    }

    public static TheoryData<EmulatedFault, string> LastingCases()
    {
        var cases = new TheoryData<EmulatedFault, string>();
        foreach (var fault in Outcomes.Lasting)
        {
            foreach (var surface in Surface.All)
            {
                cases.Add(fault, surface);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(LastingCases))]
    public async Task A_fault_that_stays_is_met_as_often_as_the_options_say(EmulatedFault fault, string surface)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        using var http = new HttpClient(NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var clock = new FakeClock();
        var serving = new DatabricksServingClient(Options(emulator, http, clock));
        emulator.Faults.Add(fault);

        using var giveUp = new CancellationTokenSource(Patience);
        var calling = OutcomeAsync(serving, surface, "", giveUp.Token);
        for (var retry = 0; retry < 2 && fault is EmulatedFault.Throttled && !Surface.IsAgent(surface); retry++)
        {
            await clock.TimerDueIn(TimeSpan.FromSeconds(1), giveUp.Token);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Outcomes.OfLasting(fault, surface), $"{await calling} /{emulator.Requests.Count}");
    }

    [Fact]
    public void Every_fault_is_on_file() =>
        Assert.Equal(Enum.GetValues<EmulatedFault>(), Outcomes.Faults.Order());

    private static async Task<string> OutcomeAsync(DatabricksServingClient serving, string surface, string right, CancellationToken giveUp)
    {
        try
        {
            var answer = await Surface.CallAsync(serving, surface, giveUp);
            return answer == right ? "answer" : "other";
        }
        catch (DatabricksServingException failure)
        {
            Assert.DoesNotContain("one two three", failure.ToString(), StringComparison.Ordinal);
            Assert.Equal(Surface.Name(surface), failure.EndpointName);
            return Described(failure);
        }
    }

    // All that a program decides by: whether to retry, status, code, and the kind of the inner exception.
    private static string Described(DatabricksServingException failure)
    {
        var status = failure.StatusCode is { } known ? $" {(int)known}" : "";
        var code = failure.ErrorCode is { } word ? $" {word}" : "";
        var inner = failure.InnerException switch
        {
            null => "",
            TimeoutException => " timeout",
            JsonException => " no-json",
            InvalidDataException => " unpacking",
            IOException or HttpRequestException => " broken",
            var other => throw new InvalidOperationException("An unexpected exception.", other),
        };
        return $"{(failure.IsTransient ? "transient" : "final")}{status}{code}{inner}";
    }

    // The waits that a fault leads to, in the client's time.
    private static async Task MoveClockAsync(
        FakeClock clock, EmulatedFault fault, string surface, Task calling, EmulatedEndpoint endpoint, CancellationToken giveUp)
    {
        var wait = fault switch
        {
            EmulatedFault.Throttled when !Surface.IsAgent(surface) => TimeSpan.FromSeconds(1),
            EmulatedFault.SilenceMidBody when Surface.Kind(surface) == "stream" => Idle,
            EmulatedFault.SilenceBeforeHeaders or EmulatedFault.SilenceMidBody => Total,
            _ => TimeSpan.Zero,
        };
        if (wait == TimeSpan.Zero)
        {
            return;
        }

        if (wait != TimeSpan.FromSeconds(1))
        {
            await endpoint.WaitForPauseAsync(giveUp);
        }

        await clock.TimerDueIn(wait, giveUp);
        clock.Advance(wait);
        await calling;
    }

    private static SocketsHttpHandler NewHandler() =>
        new() { AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.All, UseCookies = false };

    private static DatabricksServingOptions Options(DatabricksEmulator emulator, HttpClient http, TimeProvider clock) => new()
    {
        Host = emulator.Host,
        Credential = DatabricksCredential.FromToken(emulator.Token),
        HttpClient = http,
        TimeProvider = clock,
        StreamIdleTimeout = Idle,
        Resilience =
        {
            TotalRequestTimeout = new() { Timeout = Total },
            Retry = new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.FromMinutes(1) },
        },
        ResponseLimits = { MaxBytes = 1_000_000, MaxEventBytes = 200_000 },
    };
}
