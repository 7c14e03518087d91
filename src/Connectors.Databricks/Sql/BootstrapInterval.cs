using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks;

/// <summary>
/// The percentile bootstrap for the difference of a quantile of two samples, such as the median latencies of two served models. It assumes
/// independent requests and nothing about the distribution, and needs more data the closer the quantile is to 0 or 1.
/// </summary>
public sealed class BootstrapInterval
{
    private BootstrapInterval()
    {
    }

    /// <summary>Gets the quantile of the second sample minus that of the first.</summary>
    public double Difference { get; private init; }

    /// <summary>Gets the standard deviation of the difference over the resamples.</summary>
    public double StandardError { get; private init; }

    /// <summary>Gets the lower end of the 95 % interval.</summary>
    public double Lower { get; private init; }

    /// <summary>Gets the upper end of the 95 % interval.</summary>
    public double Upper { get; private init; }

    /// <summary>Gets a value indicating whether the interval excludes zero, so that the samples differ at the level of 5 %.</summary>
    public bool IsSignificant => Lower > 0 || Upper < 0;

    /// <summary>Computes the interval.</summary>
    /// <param name="first">The first sample, in any order.</param>
    /// <param name="second">The second sample, in any order.</param>
    /// <param name="quantile">
    /// The quantile, such as 0.5 for the median: the smallest value that at least this share does not exceed.
    /// </param>
    /// <param name="resamples">The number of resamples.</param>
    /// <param name="seed">The seed, so that the result is reproducible.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The quantile is not between 0 and 1, or there are fewer than 100 resamples.
    /// </exception>
    public static BootstrapInterval Compute(
        IEnumerable<double> first, IEnumerable<double> second, double quantile = 0.5, int resamples = 10_000, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(quantile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantile, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        var (a, b) = (new QuantileResampler(first, quantile, nameof(first)), new QuantileResampler(second, quantile, nameof(second)));
        var random = new Random(seed);
        var differences = new double[resamples];
        for (var at = 0; at < resamples; at++)
        {
            differences[at] = b.Next(random) - a.Next(random);
        }

        Array.Sort(differences);
        var mean = differences.Average();
        return new BootstrapInterval
        {
            Difference = b.Observed - a.Observed,
            StandardError = Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / (resamples - 1)),
            Lower = differences[(int)(0.025 * resamples)],
            Upper = differences[(int)Math.Ceiling(0.975 * resamples) - 1],
        };
    }
}
