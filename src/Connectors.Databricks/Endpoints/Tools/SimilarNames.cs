namespace Connectors.Databricks.Endpoints.Tools;

/// <summary>Finds what somebody may have meant.</summary>
internal static class SimilarNames
{
    private const int Most = 3;

    public static IReadOnlyList<string> To(string name, IEnumerable<string> names) =>
    [
        .. names
            .Select(other => (Name: other, Likeness: Likeness(name, other)))
            .Where(candidate => candidate.Likeness >= 0.5)
            .OrderByDescending(candidate => candidate.Likeness)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(candidate => $"'{candidate.Name}'"),
    ];

    /// <summary>The share of pairs of letters that two names have in common (Dice's coefficient).</summary>
    private static double Likeness(string one, string other)
    {
        var pairs = Pairs(one);
        var others = Pairs(other);
        var all = pairs.Count + others.Count;
        return all == 0 ? 0 : 2.0 * pairs.Count(others.Remove) / all;
    }

    private static List<string> Pairs(string name) =>
        [.. Enumerable.Range(0, Math.Max(0, name.Length - 1)).Select(start => name.Substring(start, 2).ToLowerInvariant())];
}
