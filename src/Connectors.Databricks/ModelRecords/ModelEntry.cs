namespace Connectors.Databricks.ModelRecords;

/// <summary>A record that is read from its file on first use: an app uses few of the built-in ones.</summary>
internal sealed class ModelEntry
{
    private readonly Func<DatabricksModelInfo>? _read;
    private DatabricksModelInfo? _record;

    public ModelEntry(DatabricksModelInfo record) => (Name, Aliases, _record) = (record.Name, record.Aliases, record);

    /// <param name="name">The name of the model.</param>
    /// <param name="aliases">Its other names.</param>
    /// <param name="read">Reads the record; may be called by several threads.</param>
    public ModelEntry(string name, IReadOnlyList<string> aliases, Func<DatabricksModelInfo> read) =>
        (Name, Aliases, _read) = (name, aliases, read);

    public string Name { get; }

    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The record, the same for all callers.</summary>
    /// <exception cref="FormatException">A key or value of the file is invalid.</exception>
    public DatabricksModelInfo Record
    {
        get
        {
            if (_record is null)
            {
                Interlocked.CompareExchange(ref _record, _read!(), null);
            }

            return _record;
        }
    }
}
