namespace Connectors.Databricks.Sql.Analysis;

/// <summary>
/// Draws the quantile of a bootstrap resample without drawing the resample: its k-th smallest of n values is the value at the k-th smallest
/// of n uniform numbers, whose distribution is Beta(k, n - k + 1). The result has exactly the distribution of a full resample.
/// </summary>
internal sealed class QuantileResampler
{
    private readonly double[] _sorted;
    private readonly int _rank;

    public QuantileResampler(IEnumerable<double> sample, double quantile, string parameter)
    {
        _sorted = [.. sample];
        if (_sorted.Length == 0)
        {
            throw new ArgumentException("The sample is empty.", parameter);
        }

        Array.Sort(_sorted);
        _rank = Math.Clamp((int)Math.Ceiling(quantile * _sorted.Length), 1, _sorted.Length);
    }

    public double Observed => _sorted[_rank - 1];

    public double Next(Random random)
    {
        var (x, y) = (Gamma(random, _rank), Gamma(random, _sorted.Length - _rank + 1));
        return _sorted[Math.Min((int)(x / (x + y) * _sorted.Length), _sorted.Length - 1)];
    }

    // Marsaglia and Tsang (2000), for shapes of at least 1.
    private static double Gamma(Random random, double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal(random);
            var cubed = 1 + (c * normal);
            cubed = cubed * cubed * cubed;
            if (cubed > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * normal * normal) + d - (d * cubed) + (d * Math.Log(cubed)))
            {
                return d * cubed;
            }
        }
    }

    // Box and Muller (1958).
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
