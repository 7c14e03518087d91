namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Computes whole-number percentages that add up to 100.</summary>
internal static class TrafficMath
{
    /// <summary>
    /// Assigns a percentage to one served entity and distributes the rest among the others: in proportion to their previous percentages, or
    /// equally if these are 0. The largest-remainder method rounds to whole numbers.
    /// </summary>
    /// <exception cref="ArgumentException">It is the only served entity, and the percentage is less than 100.</exception>
    public static TrafficConfig Give(EndpointConfig config, string name, int percentage)
    {
        var others = config.ServedEntities.Select(entity => entity.Name!).Where(other => other != name).ToArray();
        if (others.Length == 0 && percentage != 100)
        {
            throw new ArgumentException($"'{name}' is the only served entity, so all calls go to it.", nameof(percentage));
        }

        var had = others.Select(other => (long)(config.Traffic?.PercentageOf(other) ?? 0)).ToArray();
        var sum = had.Sum();
        if (sum == 0)
        {
            Array.Fill(had, 1);
            sum = others.Length;
        }

        var rest = 100 - percentage;
        var shares = had.Select(share => (int)(share * rest / sum)).ToArray();
        var left = rest - shares.Sum();
        foreach (var i in Enumerable.Range(0, others.Length).OrderByDescending(i => had[i] * rest % sum).ThenBy(i => i).Take(left))
        {
            shares[i]++;
        }

        var shareOf = others.Zip(shares).ToDictionary(pair => pair.First, pair => pair.Second);
        return (config.Traffic ?? new TrafficConfig()) with
        {
            Routes = [.. config.ServedEntities.Select(entity => new TrafficRoute(
                entity.Name!, entity.Name == name ? percentage : shareOf[entity.Name!]))],
        };
    }

    /// <summary>
    /// Whether the traffic split matches the one that was sent. A route of 0 % equals no route; a split that was not sent always matches.
    /// </summary>
    public static bool AreAlike(TrafficConfig? sent, TrafficConfig? read) => sent is null || Shares(sent).SequenceEqual(Shares(read));

    private static IEnumerable<(string Name, int Percentage)> Shares(TrafficConfig? traffic) =>
        (traffic?.Routes ?? []).Where(route => route.Percentage != 0)
            .Select(route => (route.ServedEntityName, route.Percentage))
            .OrderBy(route => route.ServedEntityName, StringComparer.Ordinal);
}
