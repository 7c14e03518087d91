namespace Connectors.Databricks.Sql.Results;

/// <summary>The columns of a result, found by name.</summary>
internal sealed class ColumnSet
{
    private const int IsAmbiguous = -1;

    private readonly Dictionary<string, int> _ordinals = new(StringComparer.OrdinalIgnoreCase);

    public ColumnSet(IReadOnlyList<SqlColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        All = columns;
        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            if (!_ordinals.TryAdd(columns[ordinal].Name, ordinal))
            {
                _ordinals[columns[ordinal].Name] = IsAmbiguous;
            }
        }
    }

    public IReadOnlyList<SqlColumn> All { get; }

    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    public int OrdinalOf(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return _ordinals.TryGetValue(column, out var ordinal)
            ? ordinal != IsAmbiguous ? ordinal : throw new ArgumentException($"Several columns are named '{column}'.", nameof(column))
            : throw new ArgumentException(
                $"The result has no column '{column}'. It has: {string.Join(", ", All.Select(known => known.Name))}.", nameof(column));
    }
}
