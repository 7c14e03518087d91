using System.Diagnostics;
using System.Globalization;
using System.Text;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>Metrics that a seed makes up: whole, they are read as they were made; damaged, they are read or refused, and quickly.</summary>
public class MetricsFuzzTests
{
    private const string Characters = "aZ_:09.-+ \t\n\r\\\"{}=,#é\0\u2028";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_written_is_read(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var samples = Enumerable.Range(0, random.Next(0, 8)).Select(i => Sample(random, Name(random, i))).ToArray();
            var text = string.Concat(samples.Select(sample => Declared(sample, random) + Written(sample, random))) + "# EOF\n";

            var families = EndpointMetrics.Parse(text).Families;

            Assert.Equal(samples.Select(Printed), families.SelectMany(family => family.Samples).Select(Printed));
            Assert.All(families, family => Assert.Equal((MetricType.Gauge, family.Name), (family.Type, family.Help)));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void What_was_damaged_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder(
                Written(Sample(random, "m"), random) + "# TYPE n histogram\nn_bucket{le=\"1\"} 2 # {a=\"b\"} 1 2\n"
                    + "# HELP \"n.\\\"\" \\\"help\n{\"n.\\\"\",le=\"1\"} 2\nn {count:1,sum:2}\n# EOF\n");
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at)),
                    1 => text.Insert(at, Characters[random.Next(Characters.Length)]),
                    _ => text.Replace(text[at], Characters[random.Next(Characters.Length)], at, 1),
                };
            }

            try
            {
                foreach (var family in EndpointMetrics.Parse(text.ToString()).Families)
                {
                    Assert.NotNull(family.Samples);
                }
            }
            catch (FormatException exception)
            {
                Assert.StartsWith("Line ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("a{b=\"", "\\\"", "")]
    [InlineData("", "#", "")]
    [InlineData("", "# TYPE a gauge\n", "")]
    [InlineData("a{", "b=\"c\",", "")]
    [InlineData("", "a{b=\"c\"} 1\n", "")]
    [InlineData("a", "_total", " 1")]
    [InlineData("a ", " ", "1")]
    [InlineData("a ", "9", "")]
    public void A_long_text_takes_no_longer_than_its_length(string head, string body, string tail)
    {
        var (small, large) = (Time(head, body, tail, 20_000), Time(head, body, tail, 400_000));

        // Twenty times the text: a quadratic reader would take four hundred times as long.
        Assert.True(large < small * 150 + TimeSpan.FromMilliseconds(500), $"{small} became {large}");
    }

    private static TimeSpan Time(string head, string body, string tail, int times)
    {
        var text = string.Concat(head, string.Concat(Enumerable.Repeat(body, times)), tail);
        var watch = Stopwatch.StartNew();
        _ = Record.Exception(() => EndpointMetrics.Parse(text));
        return watch.Elapsed;
    }

    private static MetricSample Sample(Random random, string name)
    {
        var labels = Enumerable.Range(0, random.Next(0, 4)).ToDictionary(
            i => $"l{i}", _ => string.Concat(
                Enumerable.Range(0, random.Next(0, 9)).Select(_ => Characters[random.Next(Characters.Length)])));
        double[] values = [0, -1.5, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, random.NextDouble()];
        return new MetricSample(name, labels, values[random.Next(values.Length)])
        {
            Timestamp = random.Next(2) == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(random.Next()),
        };
    }

    private static string Name(Random random, int number)
    {
        var characters = Enumerable.Range(0, random.Next(0, 9)).Select(_ => Characters[random.Next(Characters.Length)]);
        return $"m{number}" + (random.Next(2) == 0 ? "" : string.Concat(characters).Replace("\r", "", StringComparison.Ordinal) + ".");
    }

    // A plain name may be quoted, another must be.
    private static string Declared(MetricSample sample, Random random)
    {
        var name = IsPlain(sample.Name) && random.Next(2) == 0 ? sample.Name : Quoted(sample.Name);
        return $"# TYPE {name} gauge\n# HELP {name} {Escaped(sample.Name)}\n";
    }

    private static bool IsPlain(string name) => name.All(char.IsAsciiLetterOrDigit);

    private static string Quoted(string text) => $"\"{Escaped(text)}\"";

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Written(MetricSample sample, Random random)
    {
        var labels = sample.Labels.Select(label => $"{label.Key}={Quoted(label.Value)}");
        var value = sample.Value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => sample.Value.ToString("R", CultureInfo.InvariantCulture),
        };
        var blank = random.Next(2) == 0 ? " " : "";
        var time = sample.Timestamp is { } timestamp ? $" {timestamp.ToUnixTimeSeconds()}" : "";
        var (name, inner) = IsPlain(sample.Name) ? (sample.Name + blank, labels) : ("", labels.Prepend(Quoted(sample.Name)));
        return $"{name}{{{string.Join($",{blank}", inner)}}} {value}{time}{(random.Next(2) == 0 ? "\r" : "")}\n";
    }

    private static string Printed(MetricSample sample) => $"{sample} {sample.Timestamp:O}";
}
