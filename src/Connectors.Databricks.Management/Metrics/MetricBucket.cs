namespace Connectors.Databricks.Management;

/// <summary>A bucket of a histogram: the number of values up to its upper bound.</summary>
public sealed record MetricBucket
{
    /// <summary>Initializes a new instance of the <see cref="MetricBucket"/> class.</summary>
    /// <param name="upperBound">The upper bound.</param>
    /// <param name="count">The number of values up to the bound.</param>
    public MetricBucket(double upperBound, double count)
    {
        UpperBound = upperBound;
        Count = count;
    }

    /// <summary>Gets the upper bound; that of the last bucket is <see cref="double.PositiveInfinity"/>.</summary>
    public double UpperBound { get; init; }

    /// <summary>Gets the number of values in this bucket and in all before it.</summary>
    public double Count { get; init; }
}
