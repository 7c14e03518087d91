using System.Collections.Immutable;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>The faults to inject, in order. <see cref="EmulatedFaults"/> is its public API.</summary>
internal sealed class FaultPlan(int seed, TimeSpan pause)
{
    private ImmutableList<FaultRule> _rules = [];

    public int Seed => seed;

    public TimeSpan Pause { get; set; } = pause;

    public int HugeBytes { get; set; } = 64 * 1024 * 1024;

    public void Add(EmulatedFault fault, double probability, int? times = null, Func<RecordedRequest, bool>? where = null) =>
        ImmutableInterlocked.Update(
            ref _rules, rules => rules.Add(new FaultRule(fault, probability, times, where, new SeededRandom(seed, rules.Count))));

    public void Clear() => ImmutableInterlocked.Update(ref _rules, rules => rules.Clear());

    public EmulatedFault? Draw(RecordedRequest request)
    {
        foreach (var rule in _rules)
        {
            if (rule.Hits(request))
            {
                return rule.Fault;
            }
        }

        return null;
    }
}
