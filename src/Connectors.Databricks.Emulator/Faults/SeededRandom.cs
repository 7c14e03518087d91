namespace Connectors.Databricks.Emulator.Faults;

/// <summary>Numbers from 0 to 1 in an order that seed and rule decide: SplitMix64, which callers may share without a lock.</summary>
internal sealed class SeededRandom(int seed, int rule)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = ((ulong)(uint)seed << 32) ^ (ulong)(uint)rule;

    public double Next()
    {
        var mixed = Interlocked.Add(ref _state, Golden);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
