namespace Connectors.Databricks.Sql.Results;

/// <summary>The description of a result, and its first chunk.</summary>
/// <param name="StatementId">The statement.</param>
/// <param name="Columns">The columns.</param>
/// <param name="TotalRowCount">The number of rows; null when it was not reported.</param>
/// <param name="IsTruncated">Whether a limit has removed rows.</param>
/// <param name="First">The first chunk; null when there is none.</param>
internal sealed record StatementResult(string StatementId, ColumnSet Columns, long? TotalRowCount, bool IsTruncated, ResultChunk? First);

/// <summary>A chunk of a result: rows, or a link to them.</summary>
/// <param name="Index">The number of the chunk, from 0.</param>
/// <param name="Rows">The JSON array of the rows; empty when there is none.</param>
/// <param name="Link">The link to the rows; null when they are in the document.</param>
/// <param name="Next">The number of the next chunk; null for the last one.</param>
internal sealed record ResultChunk(int Index, ReadOnlyMemory<byte> Rows, ExternalLink? Link, int? Next);

/// <summary>A presigned link to a chunk.</summary>
/// <param name="Uri">The address, which is a credential.</param>
/// <param name="Expiration">When it expires; null when that was not reported.</param>
/// <param name="Headers">The headers that the storage requires.</param>
internal sealed record ExternalLink(Uri Uri, DateTimeOffset? Expiration, IReadOnlyList<(string Name, string Value)> Headers)
{
    public override string ToString() => $"link to {Uri.Host}";
}
