using System.Collections.Concurrent;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Soak;

/// <summary>
/// Which call meets which fault. The call carries the fault's name in what it sends, so that it is known of each answer what had to come of
/// it; a request that is sent again meets nothing.
/// </summary>
internal sealed class FaultMix
{
    /// <summary>The answer must be right: the fault is slow, or is gone when the call is sent again.</summary>
    private static readonly HashSet<EmulatedFault> Survivable =
    [
        EmulatedFault.Throttled, EmulatedFault.Overloaded, EmulatedFault.BadGateway, EmulatedFault.DelayedHeaders, EmulatedFault.SlowDrip,
        EmulatedFault.ByteByByte, EmulatedFault.InterimResponses,
    ];

    /// <summary>The answer may be right or fail: it depends on what the bytes happened to hit.</summary>
    private static readonly HashSet<EmulatedFault> Open =
        [EmulatedFault.WrongContentType, EmulatedFault.InvalidUtf8, EmulatedFault.LengthTooLong, EmulatedFault.TruncatedJson];

    /// <summary>A stream that says everything twice is read so: nothing in it tells. All others are drawn.</summary>
    private static readonly EmulatedFault[] Drawn =
        [.. Enum.GetValues<EmulatedFault>().Where(fault => fault is not EmulatedFault.DuplicatedEvents)];

    private readonly ConcurrentDictionary<string, byte> _met = new();

    public FaultMix(EmulatedFaults faults)
    {
        faults.HugeBytes = 4 * 1024 * 1024;
        foreach (var fault in Drawn)
        {
            var mark = Mark(fault);
            faults.Add(fault, where: request => request.Body.Contains(mark, StringComparison.Ordinal) && _met.TryAdd(Call(request.Body), 0));
        }
    }

    public static EmulatedFault? Draw(Random random, double probability) =>
        random.NextDouble() < probability ? Drawn[random.Next(Drawn.Length)] : null;

    /// <summary>What a call writes into its request.</summary>
    public static string Mark(EmulatedFault fault) => $"[fault {fault}]";

    public static Expectation Expect(EmulatedFault? fault) =>
        fault is null || Survivable.Contains(fault.Value) ? Expectation.Answer
        : Open.Contains(fault.Value) ? Expectation.Either
        : Expectation.Failure;

    /// <summary>The call is over: its mark is not kept, or memory would grow with the calls.</summary>
    public void Forget(string call) => _met.TryRemove(call, out _);

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
