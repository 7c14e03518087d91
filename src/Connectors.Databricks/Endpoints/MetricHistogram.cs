namespace Connectors.Databricks.Endpoints;

/// <summary>A distribution, such as that of latencies, as counts by bucket.</summary>
/// <param name="Labels">What it is the distribution of; empty when it has no labels, or stands for all of them together.</param>
/// <param name="Buckets">The buckets, from the smallest bound to infinity.</param>
/// <param name="Count">How many values there were.</param>
/// <param name="Sum">What they make together; <see cref="double.NaN"/> when the service does not say.</param>
public sealed record MetricHistogram(
    IReadOnlyDictionary<string, string> Labels, IReadOnlyList<MetricBucket> Buckets, double Count, double Sum)
{
    /// <summary>The average; <see cref="double.NaN"/> when there were no values.</summary>
    public double Mean => Sum / Count;

    /// <summary>
    /// Estimates the value that a share of the values does not exceed, as Prometheus does: values are taken to lie evenly within a bucket.
    /// The estimate is no better than the buckets are narrow.
    /// </summary>
    /// <param name="share">The share, from 0 to 1: 0.95 for the 95th percentile.</param>
    /// <returns>
    /// The value; the largest finite bound when it lies beyond; <see cref="double.NaN"/> when there were no values, or no finite bound.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public double Quantile(double share)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "Give a share from 0 to 1, such as 0.95.");
        }

        var rank = share * Count;
        double below = 0, bound = double.NaN;
        if (!(Count > 0))
        {
            return double.NaN;
        }

        foreach (var bucket in Buckets.Where(bucket => double.IsFinite(bucket.UpperBound)))
        {
            if (bucket.Count >= rank && bucket.Count > below)
            {
                // The first bucket starts at 0, unless it ends below.
                var start = !double.IsNaN(bound) ? bound : Math.Min(0, bucket.UpperBound);
                return start + ((bucket.UpperBound - start) * Math.Max(0, rank - below) / (bucket.Count - below));
            }

            (below, bound) = (Math.Max(below, bucket.Count), bucket.UpperBound);
        }

        return bound;
    }
}
