using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Sql.Results;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Reads the rows of a result chunk by chunk, inline or by external links.</summary>
internal sealed class ResultReader(StatementRequests requests)
{
    /// <summary>A link that expires sooner is renewed before it is followed.</summary>
    private static readonly TimeSpan LinkMargin = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<SqlRow> ReadAsync(
        StatementResult result, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = 0L;
        for (var chunk = result.First; chunk is not null; chunk = await NextAsync(result, chunk, cancellationToken).ConfigureAwait(false))
        {
            var rows = await RowsAsync(result, chunk, cancellationToken).ConfigureAwait(false);
            while (Read(result, rows) is { } cells)
            {
                cancellationToken.ThrowIfCancellationRequested();
                count++;
                yield return new SqlRow(result.Columns, cells);
            }
        }

        if (result.TotalRowCount is { } expected && expected != count)
        {
            throw StatementExceptions.RowsMissing(requests.Api.Redaction, result.StatementId, expected, count);
        }
    }

    private async Task<ResultChunk?> NextAsync(StatementResult result, ResultChunk chunk, CancellationToken cancellationToken) =>
        chunk.Next switch
        {
            null => null,
            { } next when next > chunk.Index =>
                await requests.GetChunkAsync(result.StatementId, next, cancellationToken).ConfigureAwait(false) with { Index = next },
            _ => throw Invalid(result, "the chunks of the result do not end"),
        };

    private async Task<RowReader> RowsAsync(StatementResult result, ResultChunk chunk, CancellationToken cancellationToken)
    {
        var rows = chunk.Link is null ? chunk.Rows : await FollowAsync(result, chunk, cancellationToken).ConfigureAwait(false);
        return new RowReader(
            rows.IsEmpty ? "[]"u8.ToArray() : rows, result.Columns.All.Count,
            new JsonReaderOptions { MaxDepth = requests.Api.Limits.MaxJsonDepth });
    }

    // Reading a chunk has no effect, so an expired link is replaced and followed again, once.
    private async Task<ReadOnlyMemory<byte>> FollowAsync(StatementResult result, ResultChunk chunk, CancellationToken cancellationToken)
    {
        var link = chunk.Link!;
        if (link.Expiration - requests.Api.Clock.GetUtcNow() < LinkMargin)
        {
            link = await RenewAsync(result, chunk, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return (await requests.GetLinkAsync(result.StatementId, link, cancellationToken).ConfigureAwait(false)).Body;
        }
        catch (DatabricksServingException exception) when (IsExpired(exception.StatusCode))
        {
            link = await RenewAsync(result, chunk, cancellationToken).ConfigureAwait(false);
            return (await requests.GetLinkAsync(result.StatementId, link, cancellationToken).ConfigureAwait(false)).Body;
        }
    }

    // Storage of one cloud reports an expired link with another status than that of the next one.
    private static bool IsExpired(HttpStatusCode? status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
        or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private async Task<ExternalLink> RenewAsync(StatementResult result, ResultChunk chunk, CancellationToken cancellationToken)
    {
        StatementLog.LinkRenewed(requests.Api.Logger, result.StatementId, chunk.Index);
        var renewed = await requests.GetChunkAsync(result.StatementId, chunk.Index, cancellationToken).ConfigureAwait(false);
        return renewed.Link ?? throw Invalid(result, "a chunk of the result has no external link");
    }

    private string?[]? Read(StatementResult result, RowReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // The exception of the parser quotes values.
            throw Invalid(result, "the rows of the result are not the expected JSON");
        }
    }

    private DatabricksServingException Invalid(StatementResult result, string what) => StatementExceptions.Invalid(
        requests.Api.Redaction, $"Reading the result of SQL statement '{result.StatementId}'", result.StatementId, what);
}
