using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks;

/// <summary>
/// The two-sided z-test for the difference of two proportions, such as the error rates of two served models. It assumes independent
/// requests, and is an approximation that needs at least about five successes and five failures in each group.
/// </summary>
public sealed class TwoProportionTest
{
    private TwoProportionTest()
    {
    }

    /// <summary>Gets the proportion of the second group minus that of the first.</summary>
    public double Difference { get; private init; }

    /// <summary>Gets the z statistic, with the pooled standard error.</summary>
    public double Statistic { get; private init; }

    /// <summary>Gets the probability of a difference at least this large if both proportions were equal.</summary>
    public double PValue { get; private init; }

    /// <summary>Gets the lower end of the 95 % confidence interval of the difference, with the unpooled standard error.</summary>
    public double Lower { get; private init; }

    /// <summary>Gets the upper end of the 95 % confidence interval of the difference, with the unpooled standard error.</summary>
    public double Upper { get; private init; }

    /// <summary>Gets a value indicating whether the approximation holds: five successes and five failures in each group.</summary>
    public bool IsReliable { get; private init; }

    /// <summary>Computes the test.</summary>
    /// <param name="firstCount">The number of events in the first group, such as errors.</param>
    /// <param name="firstTotal">The size of the first group.</param>
    /// <param name="secondCount">The number of events in the second group.</param>
    /// <param name="secondTotal">The size of the second group.</param>
    /// <returns>The result; a p-value of 1 when both groups have events only, or none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A group is empty, or has more events than members.</exception>
    public static TwoProportionTest Compute(long firstCount, long firstTotal, long secondCount, long secondTotal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstTotal, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondTotal, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(firstCount);
        ArgumentOutOfRangeException.ThrowIfNegative(secondCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstCount, firstTotal);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secondCount, secondTotal);
        var (first, second) = ((double)firstCount / firstTotal, (double)secondCount / secondTotal);
        var pooled = (double)(firstCount + secondCount) / (firstTotal + secondTotal);
        var pooledError = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / firstTotal) + (1.0 / secondTotal)));
        var error = Math.Sqrt((first * (1 - first) / firstTotal) + (second * (1 - second) / secondTotal));
        var statistic = pooledError == 0 ? 0 : (second - first) / pooledError;
        return new TwoProportionTest
        {
            Difference = second - first,
            Statistic = statistic,
            PValue = NormalDistribution.TwoSided(statistic),
            Lower = second - first - (NormalDistribution.Z95 * error),
            Upper = second - first + (NormalDistribution.Z95 * error),
            IsReliable = new[] { firstCount, firstTotal - firstCount, secondCount, secondTotal - secondCount }.Min() >= 5,
        };
    }
}
