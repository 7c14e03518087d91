using System.Runtime.CompilerServices;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Sql.AiQuery;
using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks;

/// <summary>
/// Sends every row of a table to a model with <c>ai_query</c>, on a SQL warehouse: for tables beyond what one machine can send. Names are
/// quoted, and values are parameters.
/// </summary>
/// <example>
/// <code>
/// var batch = new AiQueryBatch(sql, new AiQueryBatchOptions(
///     "system.ai.claude-sonnet-4-5", SqlTableName.Parse("main.src.tickets"), SqlTableName.Parse("main.out.scored"), "id", "body"));
/// AiQueryBatchResult result = await batch.RunAsync();
/// </code>
/// </example>
public sealed class AiQueryBatch
{
    private readonly SqlStatementClient _sql;
    private readonly AiQueryBatchOptions _options;
    private readonly AiQueryStatements _statements;

    /// <summary>Initializes a new instance of the <see cref="AiQueryBatch"/> class.</summary>
    /// <param name="sql">The client of the warehouse, which must be serverless or pro.</param>
    /// <param name="options">The options. They are copied.</param>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public AiQueryBatch(SqlStatementClient sql, AiQueryBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(options);
        _sql = sql;
        _options = options.CopyValidated();
        _statements = new AiQueryStatements(_options);
    }

    /// <summary>Gets the statement that creates the destination in one piece, with parameters in place of values.</summary>
    public string Statement => _statements.Create(parts: 1).Text;

    /// <summary>Sends a sample to the model and extrapolates the tokens of all rows. The destination is not created.</summary>
    /// <param name="rows">The number of rows of the sample, which are billed.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>The estimate, with the rows of the sample that failed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The key column does not identify the rows of the source.</exception>
    /// <exception cref="DatabricksServingException">A statement failed.</exception>
    public async Task<AiQueryEstimate> EstimateAsync(int rows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var (total, characters) = await CountAsync(cancellationToken).ConfigureAwait(false);
        List<AiQueryFailure> failures = [];
        List<double> lengths = [];
        var sampled = 0;
        var (text, parameters) = _statements.Sample(rows);
        await foreach (var row in _sql.QueryAsync(text, parameters, cancellationToken).ConfigureAwait(false))
        {
            sampled++;
            var (response, error) = AiQueryMembers.Read(row.GetJson("r"));
            if (error is null)
            {
                lengths.Add((response?.Length ?? 0) / _options.CharactersPerToken);
            }
            else
            {
                failures.Add(new AiQueryFailure(row["key"] ?? string.Empty, error));
            }
        }

        // Nothing is known from a sample without a response.
        var mean = lengths.Count > 0 ? lengths.Average() : sampled > 0 ? double.NaN : 0;
        return new AiQueryEstimate
        {
            TotalRows = total,
            SampledRows = sampled,
            Failures = failures,
            InputTokens = characters / _options.CharactersPerToken,
            OutputTokens = mean * total,
            OutputTokensMargin = Margin(lengths, mean, total),
        };
    }

    /// <summary>Creates the destination and sends all rows to the model.</summary>
    /// <param name="progress">
    /// Receives the progress after each statement of <see cref="AiQueryBatchOptions.RowsPerStatement"/> rows.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancels the running statement, whose rows are lost. The rows before are in the destination, and <see cref="ResumeAsync"/>
    /// continues.
    /// </param>
    /// <returns>The number of rows, and of those that failed.</returns>
    /// <exception cref="InvalidOperationException">The key column does not identify the rows of the source.</exception>
    /// <exception cref="DatabricksServingException">
    /// A statement failed, such as for a destination that exists; or every row of the first of several statements failed.
    /// </exception>
    public async Task<AiQueryBatchResult> RunAsync(
        IProgress<AiQueryBatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (total, _) = await CountAsync(cancellationToken).ConfigureAwait(false);
        var parts = Parts(total);
        var first = await ExecuteAsync(_statements.Create(parts), cancellationToken).ConfigureAwait(false);
        var error = await ErrorMemberAsync(cancellationToken).ConfigureAwait(false);
        var state = await ReportAsync(error, total, progress, cancellationToken).ConfigureAwait(false);
        if (parts > 1 && state.ProcessedRows > 0 && state.FailedRows == state.ProcessedRows)
        {
            await foreach (var failure in ReadFailuresAsync(error, cancellationToken).ConfigureAwait(false))
            {
                throw AiQueryExceptions.EveryRowFailed(Redaction, _options, first, state.FailedRows, failure.ErrorMessage);
            }
        }

        return await InsertAsync(parts, first: 1, onlyMissing: false, [first], total, error, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Sends the rows that the destination lacks, after a run that was interrupted; if there is no destination yet, run again. Make sure
    /// that no statement of it still runs: the exception of the interrupted run has its id.
    /// </summary>
    /// <param name="progress">Receives the progress after each statement.</param>
    /// <param name="cancellationToken">Cancels the running statement, whose rows are lost.</param>
    /// <returns>The number of rows in the destination, and of those that failed.</returns>
    /// <exception cref="InvalidOperationException">The key column does not identify the rows of the source.</exception>
    /// <exception cref="DatabricksServingException">A statement failed.</exception>
    public async Task<AiQueryBatchResult> ResumeAsync(
        IProgress<AiQueryBatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (total, _) = await CountAsync(cancellationToken).ConfigureAwait(false);
        var missing = await FirstAsync(_statements.CountMissing(), [], cancellationToken).ConfigureAwait(false);
        var error = await ErrorMemberAsync(cancellationToken).ConfigureAwait(false);
        var parts = missing.Get<long>("rows") == 0 ? 0 : Parts(missing.Get<long>("rows"));
        return await InsertAsync(parts, first: 0, onlyMissing: true, [], total, error, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the rows that failed to the model again, and replaces their results in the destination.</summary>
    /// <param name="cancellationToken">Cancels the statement; then the destination is unchanged.</param>
    /// <returns>The number of rows in the destination, and of those that still fail.</returns>
    /// <exception cref="DatabricksServingException">A statement failed.</exception>
    public async Task<AiQueryBatchResult> RetryFailedAsync(CancellationToken cancellationToken = default)
    {
        var error = await ErrorMemberAsync(cancellationToken).ConfigureAwait(false);
        var before = await ReportAsync(error, total: null, progress: null, cancellationToken).ConfigureAwait(false);
        if (before.FailedRows == 0)
        {
            return new AiQueryBatchResult { Rows = before.ProcessedRows };
        }

        var id = await ExecuteAsync(_statements.Retry(error), cancellationToken).ConfigureAwait(false);
        var after = await ReportAsync(error, total: null, progress: null, cancellationToken).ConfigureAwait(false);
        return new AiQueryBatchResult { Rows = after.ProcessedRows, FailedRows = after.FailedRows, StatementIds = [id] };
    }

    /// <summary>Reads the rows of the destination that failed.</summary>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>The keys, each with its error.</returns>
    /// <exception cref="DatabricksServingException">The statement failed.</exception>
    public async IAsyncEnumerable<AiQueryFailure> ReadFailuresAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var error = await ErrorMemberAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var failure in ReadFailuresAsync(error, cancellationToken).ConfigureAwait(false))
        {
            yield return failure;
        }
    }

    private Redaction Redaction => _sql.Api?.Redaction ?? Redaction.OfNone;

    private int Parts(long rows) => (int)Math.Max(1, (rows + _options.RowsPerStatement - 1) / _options.RowsPerStatement);

    private async Task<AiQueryBatchResult> InsertAsync(
        int parts,
        int first,
        bool onlyMissing,
        List<string> ids,
        long total,
        string error,
        IProgress<AiQueryBatchProgress>? progress,
        CancellationToken cancellationToken)
    {
        for (var part = first; part < parts; part++)
        {
            ids.Add(await ExecuteAsync(_statements.Insert(parts, part, onlyMissing), cancellationToken).ConfigureAwait(false));
            await ReportAsync(error, total, progress, cancellationToken).ConfigureAwait(false);
        }

        var end = await ReportAsync(error, total, progress: null, cancellationToken).ConfigureAwait(false);
        return new AiQueryBatchResult { Rows = end.ProcessedRows, FailedRows = end.FailedRows, StatementIds = ids };
    }

    private async Task<string> ExecuteAsync((string Text, SqlParameter[] Parameters) statement, CancellationToken cancellationToken) =>
        (await _sql.ExecuteAsync(statement.Text, statement.Parameters, cancellationToken).ConfigureAwait(false)).StatementId;

    private async Task<AiQueryBatchProgress> ReportAsync(
        string error, long? total, IProgress<AiQueryBatchProgress>? progress, CancellationToken cancellationToken)
    {
        var row = await FirstAsync(_statements.CountFailed(error), [], cancellationToken).ConfigureAwait(false);
        var state = new AiQueryBatchProgress
        {
            TotalRows = total ?? row.Get<long>("rows"),
            ProcessedRows = row.Get<long>("rows"),
            FailedRows = row.Get<long>("failed"),
        };
        progress?.Report(state);
        return state;
    }

    private async Task<(long Rows, double Characters)> CountAsync(CancellationToken cancellationToken)
    {
        var (text, parameters) = _statements.Count();
        var row = await FirstAsync(text, parameters, cancellationToken).ConfigureAwait(false);
        var (rows, keys) = (row.Get<long>("rows"), row.Get<long>("keys"));
        return rows == keys
            ? (rows, row.TryGet<double>("characters", out var characters) ? characters : 0)
            : throw AiQueryExceptions.KeysAreNotUnique(_options, rows, keys);
    }

    private async Task<string> ErrorMemberAsync(CancellationToken cancellationToken)
    {
        var result = await _sql.ExecuteAsync(_statements.Describe(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return AiQueryMembers.ErrorOf(result.Columns is [var column, ..] ? column.TypeText : string.Empty);
    }

    private async IAsyncEnumerable<AiQueryFailure> ReadFailuresAsync(
        string error, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _sql.QueryAsync(_statements.Failed(error), null, cancellationToken).ConfigureAwait(false))
        {
            yield return new AiQueryFailure(row["key"] ?? string.Empty, row["error"] ?? string.Empty);
        }
    }

    private async Task<SqlRow> FirstAsync(string statement, SqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await foreach (var row in _sql.QueryAsync(statement, parameters, cancellationToken).ConfigureAwait(false))
        {
            return row;
        }

        throw new InvalidOperationException("A statement with aggregates returned no row.");
    }

    // Of the total, for a sample without replacement.
    private static double Margin(List<double> sample, double mean, long total)
    {
        if (sample.Count < 2)
        {
            return double.NaN;
        }

        var variance = sample.Sum(value => (value - mean) * (value - mean)) / (sample.Count - 1);
        var correction = total > 1 ? Math.Sqrt(Math.Max(0, total - sample.Count) / (double)(total - 1)) : 0;
        return NormalDistribution.Z95 * Math.Sqrt(variance / sample.Count) * correction * total;
    }
}
