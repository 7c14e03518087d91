using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A histogram, such as of latencies: counts by bucket.</summary>
public sealed record MetricHistogram
{
    private readonly EquatableMap _labels;
    private readonly EquatableList<MetricBucket> _buckets;

    /// <summary>Initializes a new instance of the <see cref="MetricHistogram"/> class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="buckets">The buckets.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="sum">The sum of the values.</param>
    public MetricHistogram(IReadOnlyDictionary<string, string> labels, IReadOnlyList<MetricBucket> buckets, double count, double sum)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(buckets);
        Labels = labels;
        Buckets = buckets;
        Count = count;
        Sum = sum;
    }

    /// <summary>Gets the labels; empty if there are none, or if several histograms were merged.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => _labels.OrNull!; init => _labels = new(value); }

    /// <summary>Gets the buckets, from the smallest upper bound to infinity.</summary>
    public IReadOnlyList<MetricBucket> Buckets { get => _buckets.Items; init => _buckets = EquatableList<MetricBucket>.NonEmpty(value); }

    /// <summary>Gets the number of values.</summary>
    public double Count { get; init; }

    /// <summary>Gets the sum of the values; <see cref="double.NaN"/> if unspecified.</summary>
    public double Sum { get; init; }

    /// <summary>Gets the mean; <see cref="double.NaN"/> if there are no values.</summary>
    public double Mean => Sum / Count;

    /// <summary>
    /// Estimates a quantile with linear interpolation within a bucket, as Prometheus does. The estimate is as precise as the buckets are
    /// narrow.
    /// </summary>
    /// <param name="quantile">The quantile, from 0 to 1: 0.95 for the 95th percentile.</param>
    /// <returns>
    /// The value; the largest finite bound if it is beyond; <see cref="double.NaN"/> if there are no values, or no finite bound.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is not from 0 to 1.</exception>
    public double Quantile(double quantile)
    {
        if (quantile is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "Use a quantile from 0 to 1, such as 0.95.");
        }

        var rank = quantile * Count;
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
