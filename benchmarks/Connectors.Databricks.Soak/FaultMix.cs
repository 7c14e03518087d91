using System.Collections.Concurrent;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Soak;

/// <summary>
/// Which call meets which fault. The call carries the fault's name in what it sends, so that it is known of each answer what had to come of
/// it; a request that is sent again meets nothing. And it counts how often each call arrived.
/// </summary>
internal sealed class FaultMix
{
    /// <summary>The call is sent again, once, and then the answer must be right.</summary>
    private static readonly HashSet<EmulatedFault> SentAgain =
    [
        EmulatedFault.Throttled, EmulatedFault.Overloaded, EmulatedFault.BadGateway,
    ];

    /// <summary>The answer is slow or oddly wrapped, and must be right.</summary>
    private static readonly HashSet<EmulatedFault> Harmless =
        [EmulatedFault.DelayedHeaders, EmulatedFault.SlowDrip, EmulatedFault.ByteByByte, EmulatedFault.InterimResponses];

    /// <summary>The answer may be right or fail: it depends on what the bytes happened to hit.</summary>
    private static readonly HashSet<EmulatedFault> Open =
        [EmulatedFault.WrongContentType, EmulatedFault.InvalidUtf8, EmulatedFault.LengthTooLong, EmulatedFault.TruncatedJson];

    /// <summary>A stream that says everything twice is read so: nothing in it tells. All others are drawn.</summary>
    private static readonly EmulatedFault[] Drawn =
        [.. Enum.GetValues<EmulatedFault>().Where(fault => fault is not EmulatedFault.DuplicatedEvents)];

    private readonly ConcurrentDictionary<string, int> _arrivals = new();

    public FaultMix(EmulatedFaults faults)
    {
        faults.HugeBytes = 4 * 1024 * 1024;

        // It injects no fault itself: its filter is called for every request before the others.
        faults.Add(EmulatedFault.Throttled, probability: 0, where: request =>
        {
            _arrivals.AddOrUpdate(Call(request.Body), 1, (_, count) => count + 1);
            return false;
        });
        foreach (var fault in Drawn)
        {
            var mark = Mark(fault);
            faults.Add(fault, where: request => request.Body.Contains(mark, StringComparison.Ordinal) && Arrivals(Call(request.Body)) == 1);
        }
    }

    public static EmulatedFault? Draw(Random random, double probability) =>
        random.NextDouble() < probability ? Drawn[random.Next(Drawn.Length)] : null;

    /// <summary>What a call writes into its request.</summary>
    public static string Mark(int number, EmulatedFault? fault) => $"[call {number}]{(fault is { } met ? Mark(met) : "")}";

    private static string Mark(EmulatedFault fault) => $"[fault {fault}]";

    public static Expectation Expect(EmulatedFault? fault) =>
        fault is not { } met || SentAgain.Contains(met) || Harmless.Contains(met) ? Expectation.Answer
        : Open.Contains(met) ? Expectation.Either
        : Expectation.Failure;

    /// <summary>How often the requests of a call must arrive.</summary>
    public static int ExpectArrivals(EmulatedFault? fault) => fault is { } met && SentAgain.Contains(met) ? 2 : 1;

    /// <summary>How often they did; it is forgotten then, or memory would grow with the calls.</summary>
    public int TakeArrivals(int number) => _arrivals.TryRemove($"[call {number}", out var count) ? count : 0;

    private int Arrivals(string call) => _arrivals.GetValueOrDefault(call);

    private static string Call(string body)
    {
        var start = body.IndexOf("[call ", StringComparison.Ordinal);
        return body[start..body.IndexOf(']', start)];
    }
}

internal enum Expectation
{
    Answer,
    Failure,
    Either,
}
