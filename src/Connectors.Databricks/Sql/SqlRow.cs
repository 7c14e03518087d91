using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Sql.Results;

namespace Connectors.Databricks;

/// <summary>A row of the result of a SQL statement. The service sends each value as text, or as NULL.</summary>
public sealed class SqlRow
{
    private readonly ColumnSet _columns;
    private readonly IReadOnlyList<string?> _cells;

    /// <summary>Initializes a new instance of the <see cref="SqlRow"/> class, for mocks.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="cells">The value of each column, in the text form of its type; <see langword="null"/> for NULL.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public SqlRow(IReadOnlyList<SqlColumn> columns, IReadOnlyList<string?> cells)
        : this(new ColumnSet(columns), cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != columns.Count)
        {
            throw new ArgumentException($"There are {cells.Count} values for {columns.Count} columns.", nameof(cells));
        }
    }

    internal SqlRow(ColumnSet columns, IReadOnlyList<string?> cells) => (_columns, _cells) = (columns, cells);

    /// <summary>Gets the columns.</summary>
    public IReadOnlyList<SqlColumn> Columns => _columns.All;

    /// <summary>Gets the text of a value; <see langword="null"/> for NULL.</summary>
    /// <param name="ordinal">The number of the column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public string? this[int ordinal] => ordinal >= 0 && ordinal < _cells.Count
        ? _cells[ordinal]
        : throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"The row has {_cells.Count} columns.");

    /// <summary>Gets the text of a value; <see langword="null"/> for NULL.</summary>
    /// <param name="column">The name of the column, without regard to case.</param>
    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    public string? this[string column] => _cells[_columns.OrdinalOf(column)];

    /// <summary>Determines whether a value is NULL.</summary>
    /// <param name="column">The name of the column, without regard to case.</param>
    /// <returns>Whether it is NULL.</returns>
    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    public bool IsNull(string column) => this[column] is null;

    /// <summary>Gets a value as a .NET type: a string, number, Boolean, date, time or GUID. Text without an offset is UTC.</summary>
    /// <param name="column">The name of the column, without regard to case.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    /// <exception cref="InvalidOperationException">The value is NULL.</exception>
    /// <exception cref="FormatException">The value is not of this type.</exception>
    public T Get<T>(string column)
        where T : IParsable<T> =>
        TryGet<T>(column, out var value) ? value : throw new InvalidOperationException($"The column '{column}' is NULL.");

    /// <summary>Gets a value as a .NET type unless it is NULL.</summary>
    /// <param name="column">The name of the column, without regard to case.</param>
    /// <param name="value">The value; the default of the type for NULL.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether the value is not NULL.</returns>
    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    /// <exception cref="FormatException">The value is not of this type.</exception>
    public bool TryGet<T>(string column, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T>
    {
        var ordinal = _columns.OrdinalOf(column);
        if (_cells[ordinal] is not { } text)
        {
            value = default;
            return false;
        }

        if (!CellText.TryParse(text, out value))
        {
            throw new FormatException($"The column '{_columns.All[ordinal]}' cannot be read as {typeof(T).Name}.");
        }

        return true;
    }

    /// <summary>Gets a value of type <c>STRUCT</c>, <c>ARRAY</c>, <c>MAP</c> or <c>VARIANT</c>, which the service sends as JSON.</summary>
    /// <param name="column">The name of the column, without regard to case.</param>
    /// <returns>The value; JSON null for NULL.</returns>
    /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
    /// <exception cref="FormatException">The value is not JSON.</exception>
    public JsonElement GetJson(string column) => CellText.ParseJson(this[column], column);

    /// <summary>Gets the names of the columns, without the values.</summary>
    /// <returns>Such as <c>id, response</c>.</returns>
    public override string ToString() => string.Join(", ", Columns.Select(column => column.Name));
}
