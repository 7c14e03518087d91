using System.Threading.RateLimiting;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// A permit of the <see cref="AdaptiveConcurrencyLimiter"/>; disposed once, when the response has been read or the attempt failed.
/// </summary>
internal sealed class Lease(AdaptiveConcurrencyLimiter? limiter, int generation) : RateLimitLease
{
    /// <summary>The lease of a request that found the queue full.</summary>
    public static readonly Lease Rejected = new(limiter: null, generation: 0);

    private int _isReleased;

    /// <summary>
    /// The number of limit reductions when the lease was acquired, so that one burst of 429 responses halves the limit once.
    /// </summary>
    public int Generation => generation;

    public override bool IsAcquired => limiter is not null;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    /// <summary>Reports a 429 response.</summary>
    /// <returns>The reduced limit; null when it did not change.</returns>
    public int? ReportThrottled() => limiter?.ReduceLimit(this);

    protected override void Dispose(bool disposing)
    {
        if (limiter is not null && Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            limiter.Release();
        }

        base.Dispose(disposing);
    }
}
