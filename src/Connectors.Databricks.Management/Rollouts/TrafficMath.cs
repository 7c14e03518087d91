namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Shares out percentages in whole numbers that make 100.</summary>
internal static class TrafficMath
{
    /// <summary>
    /// Gives one served entity a share, and the rest to the others, in proportion to what they had; alike when they had nothing. What whole
    /// numbers leave over goes to the largest remainders, the earlier first.
    /// </summary>
    /// <exception cref="ArgumentException">It has no one to share with and is to get less than 100.</exception>
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
    /// Whether calls are shared out as they were sent; a route of 0 % is as good as none, and what was left to the service is as it likes.
    /// </summary>
    public static bool AreAlike(TrafficConfig? sent, TrafficConfig? read) => sent is null || Shares(sent).SequenceEqual(Shares(read));

    private static IEnumerable<(string Name, int Percentage)> Shares(TrafficConfig? traffic) =>
        (traffic?.Routes ?? []).Where(route => route.Percentage != 0)
            .Select(route => (route.ServedEntityName, route.Percentage))
            .OrderBy(route => route.ServedEntityName, StringComparer.Ordinal);
}
