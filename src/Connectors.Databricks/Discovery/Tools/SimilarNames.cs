using System.Runtime.InteropServices;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>Suggests existing names for one that does not exist, in time linear in the length of all names.</summary>
internal static class SimilarNames
{
    private const int Most = 3;

    // Longer names are not compared: endpoint names have at most 63 characters.
    private const int LongestName = 128;

    /// <returns>At most three names, quoted, the most similar first.</returns>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> names)
    {
        if (name.Length > LongestName)
        {
            return [];
        }

        var pairs = Pairs(name);
        return
        [
            .. names
                .Where(other => other.Length <= LongestName)
                .Select(other => (Name: other, Similarity: Similarity(pairs, Math.Max(0, name.Length - 1), other)))
                .Where(candidate => candidate.Similarity >= 0.5)
                .OrderByDescending(candidate => candidate.Similarity)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(candidate => SingleLineText.Quote(candidate.Name, LongestName)),
        ];
    }

    /// <summary>The share of pairs of letters that two names have in common (Dice's coefficient).</summary>
    private static double Similarity(Dictionary<(char, char), int> pairs, int pairCount, string other)
    {
        var otherPairs = Pairs(other);
        var all = pairCount + Math.Max(0, other.Length - 1);
        return all == 0 ? 0 : 2.0 * otherPairs.Sum(pair => Math.Min(pair.Value, pairs.GetValueOrDefault(pair.Key))) / all;
    }

    private static Dictionary<(char First, char Second), int> Pairs(string name)
    {
        Dictionary<(char, char), int> pairs = [];
        for (var i = 1; i < name.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (char.ToLowerInvariant(name[i - 1]), char.ToLowerInvariant(name[i])),
                out _)++;
        }

        return pairs;
    }
}
