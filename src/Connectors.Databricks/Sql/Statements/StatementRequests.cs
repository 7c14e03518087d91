using Connectors.Databricks.Sql.Results;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>The requests of the Statement Execution API. Only the one that runs a statement is not safe to retry.</summary>
internal sealed class StatementRequests(WorkspaceApi api)
{
    private const string Collection = "sql/statements";

    public WorkspaceApi Api => api;

    public async Task<StatementDocument> SubmitAsync(
        string warehouseId,
        string statement,
        IReadOnlyList<SqlParameter> parameters,
        SqlStatementOptions options,
        CancellationToken cancellationToken)
    {
        using var body = StatementToWire.Write(warehouseId, statement, parameters, options);
        var call = WorkspaceApi.Change(
            HttpMethod.Post, "Running a SQL statement", string.Empty, api.At(Collection), RetrySafety.NonIdempotent,
            StatementHints.ForSubmit) with { IsStatement = true, Body = body };
        return await api.SendAsync(call, StatementFromWire.Read, cancellationToken).ConfigureAwait(false);
    }

    public Task<StatementDocument> GetAsync(string statementId, CancellationToken cancellationToken) => api.SendAsync(
        Get($"Polling SQL statement '{statementId}'", statementId, api.At(Collection, statementId)),
        StatementFromWire.Read,
        cancellationToken);

    public Task<ResultChunk> GetChunkAsync(string statementId, int chunk, CancellationToken cancellationToken) => api.SendAsync(
        Get(
            $"Reading chunk {chunk} of SQL statement '{statementId}'",
            statementId,
            api.At(Collection, statementId, "result", "chunks", $"{chunk}")),
        StatementFromWire.ReadChunk,
        cancellationToken);

    public Task CancelAsync(string statementId, CancellationToken cancellationToken) => api.SendAsync(
        WorkspaceApi.Change(
            HttpMethod.Post, $"Canceling SQL statement '{statementId}'", string.Empty, api.At(Collection, statementId, "cancel"),
            RetrySafety.Idempotent, StatementHints.ForStatement) with { IsStatement = true, StatementId = statementId },
        WorkspaceDocument.RequireNoError,
        cancellationToken);

    /// <summary>Reads the rows behind a presigned link, without a token.</summary>
    public Task<ServedDocument> GetLinkAsync(string statementId, ExternalLink link, CancellationToken cancellationToken)
    {
        var operation = $"Reading the external link of SQL statement '{statementId}'";
        var call = WorkspaceApi.Get(operation, string.Empty, link.Uri, StatementHints.ForLink) with
        {
            IsStatement = true,
            StatementId = statementId,
            IsPresigned = true,
            Surface = ResponseSurface.Data,
        };
        return LinkRules.Problem(link) is { } problem
            ? throw StatementExceptions.Invalid(api.Redaction, operation, statementId, problem)
            : api.SendAsync(call with { Headers = LinkRules.Headers(link) }, CheckLink, cancellationToken);
    }

    private static ServedDocument CheckLink(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            JsonBounds.Require(document.Body, document.Reply.Limits.MaxJsonValues, document.Reply.Json, cancellationToken);
            return document;
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }
    }

    private static ServingCall Get(string operation, string statementId, Uri uri) =>
        WorkspaceApi.Get(operation, string.Empty, uri, StatementHints.ForStatement) with { IsStatement = true, StatementId = statementId };
}
