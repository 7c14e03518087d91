namespace Connectors.Databricks.Emulator.Faults;

/// <summary>A fault with its filter, probability and remaining count.</summary>
internal sealed class FaultRule(
    EmulatedFault fault, double probability, int? times, Func<RecordedRequest, bool>? where, SeededRandom draws)
{
    private int _left = times ?? int.MaxValue;

    public EmulatedFault Fault => fault;

    public bool Hits(RecordedRequest request) =>
        (where is null || where(request)) && draws.Next() < probability && (times is null || Interlocked.Decrement(ref _left) >= 0);
}
