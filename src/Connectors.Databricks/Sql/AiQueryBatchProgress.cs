namespace Connectors.Databricks;

/// <summary>The progress of an <see cref="AiQueryBatch"/>, after each statement.</summary>
public sealed class AiQueryBatchProgress
{
    /// <summary>Gets the number of rows to process.</summary>
    public long TotalRows { get; init; }

    /// <summary>Gets the number of rows that were processed, including those that failed.</summary>
    public long ProcessedRows { get; init; }

    /// <summary>Gets the number of rows that failed.</summary>
    public long FailedRows { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{ProcessedRows} of {TotalRows} rows, {FailedRows} failed";
}
