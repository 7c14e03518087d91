namespace Connectors.Databricks;

/// <summary>The result of a run of an <see cref="AiQueryBatch"/>; the responses are in the destination table.</summary>
public sealed class AiQueryBatchResult
{
    /// <summary>Gets the number of rows in the destination.</summary>
    public long Rows { get; init; }

    /// <summary>Gets the number of rows in the destination that failed.</summary>
    public long FailedRows { get; init; }

    /// <summary>Gets the ids of the statements that queried the model, for the query history.</summary>
    public IReadOnlyList<string> StatementIds { get; init; } = [];
}
