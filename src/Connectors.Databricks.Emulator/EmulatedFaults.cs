using Connectors.Databricks.Emulator.Faults;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// Fault injection for responses of every endpoint and address. Each request draws once; the same seed and order of requests produce the
/// same faults.
/// </summary>
public sealed class EmulatedFaults
{
    private readonly FaultPlan _plan;

    internal EmulatedFaults(FaultPlan plan) => _plan = plan;

    /// <summary>Gets the seed of the random numbers.</summary>
    public int Seed => _plan.Seed;

    /// <summary>Gets or sets the duration of delays and pauses, on the emulator's clock.</summary>
    /// <value><see cref="EmulatorFaultsOptions.Pause"/></value>
    public TimeSpan Pause
    {
        get => _plan.Pause;
        set => _plan.Pause = value;
    }

    /// <summary>Gets or sets how many bytes <see cref="EmulatedFault.HugeLine"/> sends unless the client disconnects.</summary>
    /// <value>64 MiB</value>
    public int HugeBytes
    {
        get => _plan.HugeBytes;
        set => _plan.HugeBytes = value;
    }

    /// <summary>Adds a fault. Each request gets at most one: the first, in the order they were added, that is drawn.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="probability">The probability for each request, from 0 to 1.</param>
    /// <param name="times">The maximum number of affected requests; null means no limit.</param>
    /// <param name="where">Selects the requests; null selects all, including those for tokens and lists.</param>
    /// <returns>The same instance, for chaining.</returns>
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

    /// <summary>Removes all faults. Responses in progress keep theirs.</summary>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedFaults Clear()
    {
        _plan.Clear();
        return this;
    }
}
