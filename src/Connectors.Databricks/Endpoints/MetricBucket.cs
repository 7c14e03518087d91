namespace Connectors.Databricks.Endpoints;

/// <summary>A bucket of a histogram: how many values were at most as large as its bound.</summary>
/// <param name="UpperBound">The bound; the last one is <see cref="double.PositiveInfinity"/>.</param>
/// <param name="Count">The values in this bucket and in all before it.</param>
public sealed record MetricBucket(double UpperBound, double Count);
