namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Computes whole-number percentages that add up to 100.</summary>
internal static class TrafficMath
{
    /// <summary>Assigns a percentage to one served entity and distributes the rest among the others.</summary>
    /// <exception cref="ArgumentException">It is the only served entity, and the percentage is less than 100.</exception>
    public static TrafficConfig Give(EndpointConfig config, string name, int percentage)
    {
        var shares = Give(
            [.. config.ServedEntities.Select(entity => (entity.Name!, config.Traffic?.PercentageOf(entity.Name!) ?? 0))],
            name, percentage, "served entity");
        return (config.Traffic ?? new TrafficConfig()) with
        {
            Routes = [.. shares.Select(share => new TrafficRoute(share.Name, share.Percentage))],
        };
    }

    /// <summary>
    /// Assigns a percentage to one receiver and distributes the rest among the others: in proportion to their previous percentages, or
    /// equally if these are 0. The largest-remainder method rounds to whole numbers.
    /// </summary>
    /// <param name="had">The receivers with their previous percentages.</param>
    /// <param name="name">The receiver.</param>
    /// <param name="percentage">Its percentage.</param>
    /// <param name="kind">What the receivers are, for the message.</param>
    /// <exception cref="ArgumentException">It is the only receiver, and the percentage is less than 100.</exception>
    public static IReadOnlyList<(string Name, int Percentage)> Give(
        IReadOnlyList<(string Name, int Percentage)> had, string name, int percentage, string kind)
    {
        var others = had.Where(other => other.Name != name).ToArray();
        if (others.Length == 0 && percentage != 100)
        {
            throw new ArgumentException($"'{name}' is the only {kind}, so all calls go to it.", nameof(percentage));
        }

        var weights = others.Select(other => (long)other.Percentage).ToArray();
        var sum = weights.Sum();
        if (sum == 0)
        {
            Array.Fill(weights, 1);
            sum = others.Length;
        }

        var rest = 100 - percentage;
        var shares = weights.Select(weight => (int)(weight * rest / sum)).ToArray();
        var left = rest - shares.Sum();
        foreach (var i in Enumerable.Range(0, others.Length).OrderByDescending(i => weights[i] * rest % sum).ThenBy(i => i).Take(left))
        {
            shares[i]++;
        }

        var shareOf = others.Zip(shares).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return [.. had.Select(one => (one.Name, one.Name == name ? percentage : shareOf[one.Name]))];
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
