using Connectors.Databricks.Management;
using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Tests.Management.Rollouts;

public class TrafficMathTests
{
    [Theory]
    [InlineData("a 100, b 0", "b", 10, "a 90 %, b 10 %")]
    [InlineData("a 60, b 40, c 0", "c", 10, "a 54 %, b 36 %, c 10 %")]
    [InlineData("a 34, b 33, c 33, d 0", "d", 50, "a 17 %, b 17 %, c 16 %, d 50 %")]
    [InlineData("a 0, b 0, c 100", "c", 50, "a 25 %, b 25 %, c 50 %")]
    [InlineData("a 0, b 0, c 0, d 100", "d", 0, "a 34 %, b 33 %, c 33 %, d 0 %")]
    [InlineData("a 90, b 10", "b", 100, "a 0 %, b 100 %")]
    [InlineData("a 100", "a", 100, "a 100 %")]
    public void The_others_give_in_proportion(string shares, string name, int percentage, string expected)
    {
        var config = Config(shares);

        Assert.Equal(expected, TrafficMath.Give(config, name, percentage).ToString());
    }

    [Fact]
    public void Whatever_is_given_makes_100()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 2_000; i++)
        {
            var cuts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(0, 101)).Order().Append(100).ToArray();
            var shares = cuts.Select((cut, at) => $"e{at} {cut - (at == 0 ? 0 : cuts[at - 1])}").ToArray();

            var traffic = TrafficMath.Give(Config(string.Join(", ", shares)), "e0", random.Next(0, 101));

            Assert.Equal(100, traffic.Routes.Sum(route => route.Percentage));
            Assert.All(traffic.Routes, route => Assert.InRange(route.Percentage, 0, 100));
        }
    }

    [Fact]
    public void The_only_one_cannot_share() =>
        Assert.Throws<ArgumentException>("percentage", () => TrafficMath.Give(Config("a 100"), "a", 50));

    private static EndpointConfig Config(string shares)
    {
        var pairs = shares.Split(", ").Select(share => share.Split(' ')).ToArray();
        return new EndpointConfig
        {
            ServedEntities = [.. pairs.Select(pair => ServedEntity.Model("m", "1") with { Name = pair[0] })],
            Traffic = new() { Routes = [.. pairs.Select(pair =>
                new TrafficRoute(pair[0], int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))] },
        };
    }
}
