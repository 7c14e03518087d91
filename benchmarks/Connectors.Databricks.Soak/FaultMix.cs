using System.Collections.Concurrent;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Soak;

/// <summary>
/// Assigns faults to calls. The request contains the name of the fault, so that the expected outcome of each response is known; a retry
/// gets no fault. Counts how often each call arrived.
/// </summary>
internal sealed class FaultMix
{
    /// <summary>The call is retried once, and then the response must be correct.</summary>
    private static readonly HashSet<EmulatedFault> SentAgain =
    [
        EmulatedFault.Throttled, EmulatedFault.Overloaded, EmulatedFault.BadGateway,
    ];

    /// <summary>The response is slow or in an unusual format, and must be correct.</summary>
    private static readonly HashSet<EmulatedFault> Harmless =
        [EmulatedFault.DelayedHeaders, EmulatedFault.SlowDrip, EmulatedFault.ByteByByte, EmulatedFault.InterimResponses];

    /// <summary>The response may be correct or fail, depending on the changed bytes.</summary>
    private static readonly HashSet<EmulatedFault> Open =
        [EmulatedFault.WrongContentType, EmulatedFault.InvalidUtf8, EmulatedFault.LengthTooLong, EmulatedFault.TruncatedJson];

    /// <summary>
    /// A stream with duplicated events is read as it is: nothing in it identifies duplicates. All other faults are random.
    /// </summary>
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

    /// <summary>The text that a call adds to its request.</summary>
    public static string Mark(int number, EmulatedFault? fault) => $"[call {number}]{(fault is { } met ? Mark(met) : "")}";

    private static string Mark(EmulatedFault fault) => $"[fault {fault}]";

    public static Expectation Expect(EmulatedFault? fault) =>
        fault is not { } met || SentAgain.Contains(met) || Harmless.Contains(met) ? Expectation.Answer
        : Open.Contains(met) ? Expectation.Either
        : Expectation.Failure;

    /// <summary>How often the requests of a call must arrive.</summary>
    public static int ExpectArrivals(EmulatedFault? fault) => fault is { } met && SentAgain.Contains(met) ? 2 : 1;

    /// <summary>How often a call arrived; the entry is removed, so that memory does not grow with the calls.</summary>
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
