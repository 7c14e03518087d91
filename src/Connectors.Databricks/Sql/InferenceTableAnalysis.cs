using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks;

/// <summary>
/// Queries an inference table: requests, error rates, latencies and tokens of the served models of an endpoint, and whether two of them
/// differ.
/// </summary>
public sealed class InferenceTableAnalysis
{
    private static readonly SqlTableName ServedEntities = new("system", "serving", "served_entities");

    private readonly SqlStatementClient _sql;
    private readonly InferenceTableStatements _statements;

    /// <summary>Initializes a new instance of the <see cref="InferenceTableAnalysis"/> class.</summary>
    /// <param name="sql">The client of the warehouse.</param>
    /// <param name="table">The inference table of the endpoint, such as <c>main.logs.churn_payload</c>.</param>
    /// <param name="layout">The columns of the table.</param>
    public InferenceTableAnalysis(
        SqlStatementClient sql, SqlTableName table, InferenceTableLayout layout = InferenceTableLayout.AIGateway)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(table);
        _sql = sql;
        _statements = new InferenceTableStatements(table, layout, ServedEntities);
    }

    /// <summary>
    /// Gets the statistics by the member <c>model</c> of the responses, as the documentation compares versions of a model: latencies are
    /// those of all requests.
    /// </summary>
    /// <param name="since">The start of the period.</param>
    /// <param name="until">The end of the period, exclusive.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>A row for each version.</returns>
    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="since"/>.</exception>
    /// <exception cref="DatabricksServingException">The statement failed.</exception>
    public Task<IReadOnlyList<ServedModelStatistics>> GetModelVersionsAsync(
        DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        ReadAsync(_statements.ModelVersions(), Period(since, until), cancellationToken);

    /// <summary>Gets the statistics by served model and day. Latencies are those of successful requests.</summary>
    /// <param name="since">The start of the period.</param>
    /// <param name="until">The end of the period, exclusive.</param>
    /// <param name="byDay">Whether each day has a row of its own.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>A row for each served model, or for each of its days.</returns>
    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="since"/>.</exception>
    /// <exception cref="DatabricksServingException">The statement failed.</exception>
    public Task<IReadOnlyList<ServedModelStatistics>> GetStatisticsAsync(
        DateTimeOffset since, DateTimeOffset until, bool byDay = true, CancellationToken cancellationToken = default) =>
        ReadAsync(_statements.Statistics(byDay), Period(since, until), cancellationToken);

    /// <summary>Compares two served models: a two-proportion test for the error rates, and the bootstrap for latencies.</summary>
    /// <param name="control">The first served model.</param>
    /// <param name="treatment">The second served model.</param>
    /// <param name="since">The start of the period.</param>
    /// <param name="until">The end of the period, exclusive.</param>
    /// <param name="maxLatencies">
    /// The maximum number of latencies that are read for each model: a sample by a hash of the request id.
    /// </param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="since"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// A served model has no requests in the period; the message lists those that have.
    /// </exception>
    /// <exception cref="DatabricksServingException">A statement failed.</exception>
    public async Task<ServedModelComparison> CompareAsync(
        string control,
        string treatment,
        DateTimeOffset since,
        DateTimeOffset until,
        int maxLatencies = 100_000,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(control);
        ArgumentException.ThrowIfNullOrWhiteSpace(treatment);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLatencies, 1);
        var all = await GetStatisticsAsync(since, until, byDay: false, cancellationToken).ConfigureAwait(false);
        var (first, second) = (Find(all, control), Find(all, treatment));
        var a = await LatenciesAsync(control, since, until, maxLatencies, cancellationToken).ConfigureAwait(false);
        var b = await LatenciesAsync(treatment, since, until, maxLatencies, cancellationToken).ConfigureAwait(false);
        var hasBoth = a.Count > 0 && b.Count > 0;
        return new ServedModelComparison
        {
            Control = first,
            Treatment = second,
            ErrorRate = TwoProportionTest.Compute(first.Errors, first.Requests, second.Errors, second.Requests),
            MedianLatency = hasBoth ? BootstrapInterval.Compute(a, b, 0.5) : null,
            P95Latency = hasBoth ? BootstrapInterval.Compute(a, b, 0.95) : null,
        };
    }

    private static ServedModelStatistics Find(IReadOnlyList<ServedModelStatistics> all, string servedModel) =>
        all.FirstOrDefault(row => row.ServedModel == servedModel) ?? throw new InvalidOperationException(
            $"The served model '{servedModel}' has no requests in this period. Those with requests are: " +
            $"{string.Join(", ", all.Select(row => row.ServedModel))}.");

    private async Task<List<double>> LatenciesAsync(
        string model, DateTimeOffset since, DateTimeOffset until, int rows, CancellationToken cancellationToken)
    {
        List<double> latencies = [];
        SqlParameter[] parameters =
            [.. Period(since, until), SqlParameter.Create("model", model), SqlParameter.Create("rows", rows)];
        await foreach (var row in _sql.QueryAsync(_statements.Latencies(), parameters, cancellationToken).ConfigureAwait(false))
        {
            latencies.Add(row.Get<double>("latency"));
        }

        return latencies;
    }

    private async Task<IReadOnlyList<ServedModelStatistics>> ReadAsync(
        string statement, SqlParameter[] parameters, CancellationToken cancellationToken)
    {
        List<ServedModelStatistics> rows = [];
        await foreach (var row in _sql.QueryAsync(statement, parameters, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(StatisticsFromRow.Read(row));
        }

        return rows;
    }

    private static SqlParameter[] Period(DateTimeOffset since, DateTimeOffset until) => since < until
        ? [SqlParameter.Create("since", since), SqlParameter.Create("until", until)]
        : throw new ArgumentException($"The end of the period, {until:O}, is not after its start, {since:O}.", nameof(until));
}
