namespace Connectors.Databricks.Sql.Analysis;

/// <summary>Tail probabilities of the normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>The quantile for an interval of 95 %.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The probability of a value at least this far from zero.</summary>
    public static double TwoSided(double statistic) => ComplementaryError(Math.Abs(statistic) / Math.Sqrt(2));

    // A Taylor series near zero, and a continued fraction in the tail; both converge to double precision in their range.
    private static double ComplementaryError(double x)
    {
        if (x < 2)
        {
            var (term, sum) = (x, x);
            for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        var fraction = 0.0;
        for (var n = 200; n >= 1; n--)
        {
            fraction = n / 2.0 / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
