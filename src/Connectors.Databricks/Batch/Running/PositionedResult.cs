namespace Connectors.Databricks.Batch.Running;

/// <summary>A result with the position of its request.</summary>
/// <param name="Position">The position of the request in the batch.</param>
/// <param name="Result">The result.</param>
internal readonly record struct PositionedResult<TResponse>(long Position, DatabricksBatchResult<TResponse> Result)
    where TResponse : class;
