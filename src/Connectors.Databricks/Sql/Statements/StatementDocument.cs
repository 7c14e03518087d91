using Connectors.Databricks.Sql.Results;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>The state of a statement, as the service reports it.</summary>
internal sealed record StatementDocument
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? SqlState { get; init; }

    public IReadOnlyList<SqlColumn> Columns { get; init; } = [];

    public long? TotalRowCount { get; init; }

    public bool IsTruncated { get; init; }

    public ResultChunk? First { get; init; }

    public bool IsRunning => State is "PENDING" or "RUNNING";

    public bool HasSucceeded => State == "SUCCEEDED";

    public StatementResult Result => new(Id, new ColumnSet(Columns), TotalRowCount, IsTruncated, First);
}
