using Connectors.Databricks.Emulator.Faults;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// Spoils answers on their way, whatever was asked and whoever answers. Each request draws once; the same seed and the same order of
/// requests give the same faults.
/// </summary>
public sealed class EmulatedFaults
{
    private readonly FaultPlan _plan;

    internal EmulatedFaults(FaultPlan plan) => _plan = plan;

    /// <summary>What the draws start from.</summary>
    public int Seed => _plan.Seed;

    /// <summary>How long delays and the pauses of a drip last, by the emulator's clock.</summary>
    /// <value>One second, or as the options say</value>
    public TimeSpan Pause
    {
        get => _plan.Pause;
        set => _plan.Pause = value;
    }

    /// <summary>How many bytes <see cref="EmulatedFault.HugeLine"/> sends, unless the client hangs up before.</summary>
    /// <value>64 MiB</value>
    public int HugeBytes
    {
        get => _plan.HugeBytes;
        set => _plan.HugeBytes = value;
    }

    /// <summary>Adds a fault. A request meets one at most: the first, in the order they were added, that is drawn.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="probability">How likely it is for each request, from 0 to 1.</param>
    /// <param name="times">How many requests it spoils at most; null means no limit.</param>
    /// <param name="where">Which requests it may spoil; null means all, those for tokens and for the endpoint list among them.</param>
    /// <returns>These faults.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1, or the limit is negative.</exception>
    public EmulatedFaults Add(
        EmulatedFault fault, double probability = 1, int? times = null, Func<RecordedRequest, bool>? where = null)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(times ?? 0, nameof(times));
        _plan.Add(fault, probability, times, where);
        return this;
    }

    /// <summary>Takes every fault away. Answers on their way keep theirs.</summary>
    /// <returns>These faults.</returns>
    public EmulatedFaults Clear()
    {
        _plan.Clear();
        return this;
    }
}
