namespace Connectors.Databricks.ModelRecords;

/// <summary>One of the names of a record, in the order in which names are searched.</summary>
internal sealed class ModelPattern(string name, ModelEntry entry, int number) : IComparable<ModelPattern>
{
    private readonly NamePattern _pattern = new(name);
    private readonly int _number = number;

    public ModelEntry Entry => entry;

    /// <summary>The names of records, the most specific ones first.</summary>
    public static ModelPattern[] Sorted(IReadOnlyList<ModelEntry> entries)
    {
        List<ModelPattern> patterns = [];
        for (var i = 0; i < entries.Count; i++)
        {
            patterns.Add(new ModelPattern(entries[i].Name, entries[i], patterns.Count));
            var aliases = entries[i].Aliases;
            for (var j = 0; j < aliases.Count; j++)
            {
                patterns.Add(new ModelPattern(aliases[j], entries[i], patterns.Count));
            }
        }

        patterns.Sort();
        return [.. patterns];
    }

    /// <summary>Whether another name, in segments, contains this one.</summary>
    public bool IsIn(ReadOnlySpan<string> name) => _pattern.IsIn(name);

    /// <summary>
    /// Of two patterns with equal specificity, the one that was added first takes precedence; custom records come first.
    /// </summary>
    public int CompareTo(ModelPattern? other) => other is null ? 1 :
        _pattern.Specificity != other._pattern.Specificity
            ? other._pattern.Specificity.CompareTo(_pattern.Specificity)
            : _number.CompareTo(other._number);
}
