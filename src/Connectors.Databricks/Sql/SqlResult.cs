using Connectors.Databricks.Sql.Results;

namespace Connectors.Databricks;

/// <summary>The result of a SQL statement that has succeeded. Rows are read from the service as they are enumerated.</summary>
public sealed class SqlResult
{
    private readonly Func<CancellationToken, IAsyncEnumerable<SqlRow>> _rows;

    /// <summary>Initializes a new instance of the <see cref="SqlResult"/> class, for mocks.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The values of each row, in the text form of their types.</param>
    public SqlResult(IReadOnlyList<SqlColumn> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SqlRow[] all = [.. rows.Select(cells => new SqlRow(columns, cells))];
        (StatementId, Columns, TotalRowCount, _rows) = (string.Empty, columns, all.Length, _ => InMemory(all));
    }

    internal SqlResult(StatementResult result, Func<CancellationToken, IAsyncEnumerable<SqlRow>> rows)
    {
        StatementId = result.StatementId;
        Columns = result.Columns.All;
        TotalRowCount = result.TotalRowCount;
        IsTruncated = result.IsTruncated;
        _rows = rows;
    }

    /// <summary>Gets the id of the statement.</summary>
    public string StatementId { get; }

    /// <summary>Gets the columns; none for a statement without a result.</summary>
    public IReadOnlyList<SqlColumn> Columns { get; }

    /// <summary>Gets the number of rows, or <see langword="null"/> when the service did not report it.</summary>
    public long? TotalRowCount { get; }

    /// <summary>Gets a value indicating whether the result has fewer rows than the statement, because of a limit.</summary>
    public bool IsTruncated { get; }

    /// <summary>Reads the rows, in the order of the statement. The service keeps a result for about an hour.</summary>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The rows. One chunk of the result is held in memory at a time.</returns>
    /// <exception cref="DatabricksServingException">
    /// A request failed, the result has expired, or it does not have as many rows as the service reported.
    /// </exception>
    public IAsyncEnumerable<SqlRow> ReadRowsAsync(CancellationToken cancellationToken = default) => _rows(cancellationToken);

#pragma warning disable CS1998 // An asynchronous iterator over rows in memory awaits nothing.
    private static async IAsyncEnumerable<SqlRow> InMemory(SqlRow[] rows)
#pragma warning restore CS1998
    {
        foreach (var row in rows)
        {
            yield return row;
        }
    }
}
