namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>A latency histogram with cumulative buckets. Unconfirmed: the service's bounds.</summary>
internal sealed class LatencyHistogram
{
    public static readonly double[] Bounds = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000];

    private readonly long[] _counts = new long[Bounds.Length + 1];

    public double Sum { get; private set; }

    public long Count => _counts.Sum();

    public void Add(double milliseconds)
    {
        var bucket = Array.FindIndex(Bounds, bound => milliseconds <= bound);
        _counts[bucket < 0 ? Bounds.Length : bucket]++;
        Sum += milliseconds;
    }

    /// <summary>Cumulative counts by bound; the last is the total.</summary>
    public long UpTo(int bound) => _counts.Take(bound + 1).Sum();

    public LatencyHistogram Copy()
    {
        var copy = new LatencyHistogram { Sum = Sum };
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }
}
