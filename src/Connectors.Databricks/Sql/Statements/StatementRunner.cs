using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Runs a statement to its end. Cancellation cancels the statement, too.</summary>
internal sealed class StatementRunner(StatementRequests requests, string warehouseId, SqlStatementOptions options)
{
    /// <summary>
    /// How long a canceled call waits for the id of its statement, and for the cancellation: without the id, the statement would run on.
    /// </summary>
    internal static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(10);

    private WorkspaceApi Api => requests.Api;

    /// <summary>Runs a statement, and cancels it when the caller cancels.</summary>
    public async Task<StatementDocument> ExecuteAsync(
        string statement, IReadOnlyList<SqlParameter> parameters, CancellationToken cancellationToken)
    {
        var submitted = await SubmitAsync(statement, parameters, cancellationToken).ConfigureAwait(false);
        try
        {
            return await WaitAsync(submitted, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(submitted.Id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Starts a statement. When the caller cancels, it still waits briefly for the id, by which the statement is canceled.
    /// </summary>
    public async Task<StatementDocument> SubmitAsync(
        string statement, IReadOnlyList<SqlParameter> parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var submission = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Api.Clock);
        StatementDocument submitted;
        using (cancellationToken.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).CancelAfter(CancellationGrace), submission))
        {
            try
            {
                submitted = await requests.SubmitAsync(warehouseId, statement, parameters, options, submission.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (
                cancellationToken.IsCancellationRequested && exception is OperationCanceledException or DatabricksServingException)
            {
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }
        }

        if (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(submitted.Id).ConfigureAwait(false);
            throw new OperationCanceledException(cancellationToken);
        }

        return submitted;
    }

    /// <summary>Polls until a statement ends.</summary>
    /// <exception cref="DatabricksServingException">It ended without a result.</exception>
    public async Task<StatementDocument> WaitAsync(StatementDocument document, CancellationToken cancellationToken)
    {
        var delay = options.MinPollInterval;
        while (document.IsRunning)
        {
            // Clients that started together must not poll together.
            await Task.Delay(delay * (0.9 + (0.2 * Api.Random())), Api.Clock, cancellationToken).ConfigureAwait(false);
            document = await requests.GetAsync(document.Id, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < options.MaxPollInterval ? delay * 2 : options.MaxPollInterval;
        }

        if (!document.HasSucceeded)
        {
            throw StatementExceptions.Ended(Api.Redaction, document);
        }

        return document.IsTruncated && options.RowLimit is null
            ? throw StatementExceptions.Truncated(Api.Redaction, document.Id)
            : document;
    }

    // The caller gets its own cancellation, whatever happens here: the failure of this request would hide it.
    private async Task CancelAsync(string statementId)
    {
        using var grace = new CancellationTokenSource(CancellationGrace, Api.Clock);
        try
        {
            await requests.CancelAsync(statementId, grace.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is DatabricksServingException or DatabricksCredentialException or OperationCanceledException)
        {
            StatementLog.NotCanceled(Api.Logger, statementId, exception.Message);
        }
    }
}
