namespace Connectors.Databricks.Management.Metrics;

/// <summary>Builds histograms from the samples of their buckets, sums and counts.</summary>
internal static class HistogramsFromSamples
{
    private static readonly Dictionary<string, string> NoLabels = [];

    public static IReadOnlyList<MetricHistogram> Read(ILookup<string, MetricSample> samples, string name)
    {
        // The second names are those of gauge histograms.
        var sums = ByLabels(samples[$"{name}_sum"].Concat(samples[$"{name}_gsum"]));
        var counts = ByLabels(samples[$"{name}_count"].Concat(samples[$"{name}_gcount"]));
        var histograms = new List<MetricHistogram>();
        foreach (var group in samples[$"{name}_bucket"].GroupBy(sample => Key(sample.Labels), StringComparer.Ordinal))
        {
            var buckets = group
                .Where(sample => sample.Labels.ContainsKey("le"))
                .Select(sample => new MetricBucket(MetricNumber.Parse(sample.Labels["le"]) ?? double.NaN, sample.Value))
                .Where(bucket => !double.IsNaN(bucket.UpperBound))
                .OrderBy(bucket => bucket.UpperBound)
                .ToArray();
            var labels = group.First().Labels.Where(label => label.Key != "le").ToDictionary();
            var count = counts.TryGetValue(group.Key, out var said) ? said : buckets.LastOrDefault()?.Count ?? 0;
            histograms.Add(new MetricHistogram(labels, buckets, count, sums.TryGetValue(group.Key, out var sum) ? sum : double.NaN));
        }

        return histograms;
    }

    public static MetricHistogram? Merge(IReadOnlyList<MetricHistogram> parts)
    {
        if (parts.Count <= 1)
        {
            return parts.Count == 0 ? null : parts[0];
        }

        // The increments of all parts at each bound, summed up from the lowest: every bucket is visited once.
        var added = new SortedDictionary<double, double>();
        foreach (var part in parts)
        {
            var below = 0.0;
            foreach (var bucket in part.Buckets)
            {
                added[bucket.UpperBound] = added.GetValueOrDefault(bucket.UpperBound) + bucket.Count - below;
                below = bucket.Count;
            }
        }

        var total = 0.0;
        return new MetricHistogram(
            NoLabels, [.. added.Select(bound => new MetricBucket(bound.Key, total += bound.Value))],
            parts.Sum(part => part.Count), parts.Sum(part => part.Sum));
    }

    private static Dictionary<string, double> ByLabels(IEnumerable<MetricSample> samples)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            values[Key(sample.Labels)] = sample.Value;
        }

        return values;
    }

    // Lengths instead of separators: a label may contain any character.
    private static string Key(IReadOnlyDictionary<string, string> labels) => string.Concat(labels
        .Where(label => label.Key != "le")
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{label.Key.Length}:{label.Key}{label.Value.Length}:{label.Value}"));
}
