using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks.Tests.Sql.Analysis;

/// <summary>The statistics against published values.</summary>
public class PublishedValuesTests
{
    /// <summary>Treatment group of the mouse data of Efron and Tibshirani, An Introduction to the Bootstrap (1993), Table 2.1.</summary>
    private static readonly double[] Mice = [94, 197, 16, 38, 99, 141, 23];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.6744897501960817, 0.5)]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(-2.5758293035489004, 0.01)]
    [InlineData(3.2905267314918945, 0.001)]
    [InlineData(4.891638475699, 1e-6)]
    public void The_normal_distribution_has_its_quantiles(double statistic, double expected) =>
        Assert.Equal(expected, NormalDistribution.TwoSided(statistic), expected * 1e-9);

    /// <summary>
    /// The Physicians' Health Study: heart attacks with placebo and with aspirin. Agresti, An Introduction to Categorical Data Analysis,
    /// section 2.2: a difference of 0.0077 with a 95 % interval of (0.005, 0.011), and a chi-squared statistic of 25.0.
    /// </summary>
    [Fact]
    public void The_two_proportion_test_agrees_with_the_study_of_physicians()
    {
        var test = TwoProportionTest.Compute(104, 11037, 189, 11034);

        Assert.Equal(0.0077, test.Difference, 0.00005);
        Assert.Equal(25.0, test.Statistic * test.Statistic, 0.05);
        Assert.Equal((0.005, 0.011), (Math.Round(test.Lower, 3), Math.Round(test.Upper, 3)));
        Assert.InRange(test.PValue, 1e-7, 1e-6);
        Assert.True(test.IsReliable);
    }

    /// <summary>
    /// Efron and Tibshirani (1993), Table 2.2: with infinitely many resamples, the standard error of the median is 37.83.
    /// </summary>
    [Fact]
    public void The_bootstrap_has_the_standard_error_of_the_median_of_the_mouse_data()
    {
        var interval = BootstrapInterval.Compute([0], Mice, 0.5, resamples: 200_000);

        Assert.Equal(94, interval.Difference);
        Assert.Equal(37.83, interval.StandardError, 0.3);
    }

    /// <summary>The shortcut has the distribution of a full resample, which this test draws.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void The_bootstrap_of_a_quantile_is_that_of_full_resamples(double quantile)
    {
        var random = new Random(7);
        double[] sample = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble() * random.NextDouble() * 1000)];
        var rank = (int)Math.Ceiling(quantile * sample.Length);
        double[] full = [.. Enumerable.Range(0, 20_000)
            .Select(_ => Enumerable.Range(0, sample.Length).Select(_ => sample[random.Next(sample.Length)]).Order().ElementAt(rank - 1))];
        var mean = full.Average();
        var error = Math.Sqrt(full.Average(value => (value - mean) * (value - mean)));

        var interval = BootstrapInterval.Compute([0], sample, quantile, resamples: 20_000);

        Assert.Equal(error, interval.StandardError, error * 0.05);
    }

    [Fact]
    public void Equal_samples_do_not_differ_and_shifted_ones_do()
    {
        var random = new Random(1);
        double[] sample = [.. Enumerable.Range(0, 2000).Select(_ => 100 + (random.NextDouble() * 50))];

        Assert.False(BootstrapInterval.Compute(sample, sample).IsSignificant);
        Assert.True(BootstrapInterval.Compute(sample, sample.Select(value => value + 10)).IsSignificant);
        Assert.Equal(1, TwoProportionTest.Compute(0, 10, 0, 20).PValue);
        Assert.False(TwoProportionTest.Compute(1, 10, 2, 20).IsReliable);
    }

    [Fact]
    public void Invalid_arguments_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoProportionTest.Compute(0, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoProportionTest.Compute(2, 1, 1, 1));
        Assert.Throws<ArgumentException>("first", () => BootstrapInterval.Compute([], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Compute([1], [1], 1));
    }

    [Fact]
    public void Statistics_are_a_table_for_a_console() => Assert.Equal(
        """
        served model  day         requests  errors  mean ms  p50 ms  p95 ms  p99 ms  input tokens  output tokens
        champion      2026-11-30     1,200   2.5 %      101      90     250     400        12,345          6,789
        a?b                              0   0.0 %

        """.ReplaceLineEndings("\n"),
        ServedModelStatistics.ToTable(
        [
            new()
            {
                ServedModel = "champion", Day = new(2026, 11, 30), Requests = 1200, Errors = 30, InputTokens = 12345, OutputTokens = 6789,
                MeanLatency = TimeSpan.FromMilliseconds(101), MedianLatency = TimeSpan.FromMilliseconds(90),
                P95Latency = TimeSpan.FromMilliseconds(250), P99Latency = TimeSpan.FromMilliseconds(400),
            },
            new() { ServedModel = "a\u001bb" },
        ]).Replace("\u00a0", " ", StringComparison.Ordinal));
}
