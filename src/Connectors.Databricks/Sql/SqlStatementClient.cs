using System.Runtime.CompilerServices;
using Connectors.Databricks.Sql.Statements;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

/// <summary>
/// Runs SQL statements on a SQL warehouse with the Statement Execution API, from
/// <see cref="DatabricksServingClient.GetSqlStatementClient"/>. A statement is never run twice: a failure after which it may have started
/// is not retried. Thread-safe.
/// </summary>
public class SqlStatementClient
{
    private readonly StatementRequests? _requests;
    private readonly StatementRunner? _runner;
    private readonly ResultReader? _reader;

    internal SqlStatementClient(WorkspaceApi api, string warehouseId, SqlStatementOptions options)
    {
        WarehouseId = warehouseId;
        Api = api;
        _requests = new StatementRequests(api);
        _runner = new StatementRunner(_requests, warehouseId, options);
        _reader = new ResultReader(_requests);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SqlStatementClient"/> class for mocks and decorators: every member that is called must
    /// be overridden.
    /// </summary>
    protected SqlStatementClient()
    {
    }

    /// <summary>Gets the id of the SQL warehouse.</summary>
    public virtual string WarehouseId { get; } = string.Empty;

    /// <summary>The connection to the workspace; null for a mock.</summary>
    internal WorkspaceApi? Api { get; }

    /// <summary>Runs a statement and waits for its result.</summary>
    /// <param name="statement">The SQL text, with parameters as <c>:name</c>. Do not concatenate values or names into it.</param>
    /// <param name="parameters">The parameters, each with a different name.</param>
    /// <param name="cancellationToken">
    /// Cancels the statement on the warehouse, too. A call that is canceled before the warehouse has responded waits up to 10 seconds for
    /// the id of the statement.
    /// </param>
    /// <returns>The result, whose rows are read as they are enumerated.</returns>
    /// <exception cref="ArgumentException"><paramref name="statement"/> is empty, or two parameters have the same name.</exception>
    /// <exception cref="DatabricksServingException">
    /// The statement failed or was canceled, or a request failed; then <see cref="DatabricksServingException.StatementId"/> is that of the
    /// statement that may still run.
    /// </exception>
    public virtual Task<SqlResult> ExecuteAsync(
        string statement, IEnumerable<SqlParameter>? parameters = null, CancellationToken cancellationToken = default)
    {
        var given = Require(statement, parameters);
        return RunAsync(Connected(_runner).ExecuteAsync(statement, given, cancellationToken));
    }

    /// <summary>Runs a statement and reads its rows.</summary>
    /// <param name="statement">The SQL text, with parameters as <c>:name</c>. Do not concatenate values or names into it.</param>
    /// <param name="parameters">The parameters, each with a different name.</param>
    /// <param name="cancellationToken">Cancels the statement on the warehouse, too, and reading the rows.</param>
    /// <returns>The rows. The statement runs once for each enumeration.</returns>
    /// <exception cref="ArgumentException"><paramref name="statement"/> is empty, or two parameters have the same name.</exception>
    /// <exception cref="DatabricksServingException">As for <see cref="ExecuteAsync"/>.</exception>
    public virtual IAsyncEnumerable<SqlRow> QueryAsync(
        string statement, IEnumerable<SqlParameter>? parameters = null, CancellationToken cancellationToken = default) =>
        EnumerateAsync(statement, Require(statement, parameters), cancellationToken);

    /// <summary>Starts a statement without waiting for its result.</summary>
    /// <param name="statement">The SQL text, with parameters as <c>:name</c>. Do not concatenate values or names into it.</param>
    /// <param name="parameters">The parameters, each with a different name.</param>
    /// <param name="cancellationToken">Cancels the request, and the statement if it has started.</param>
    /// <returns>The id of the statement, for <see cref="WaitAsync"/> and <see cref="CancelAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="statement"/> is empty, or two parameters have the same name.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<string> SubmitAsync(
        string statement, IEnumerable<SqlParameter>? parameters = null, CancellationToken cancellationToken = default)
    {
        var given = Require(statement, parameters);
        return (await Connected(_runner).SubmitAsync(statement, given, cancellationToken).ConfigureAwait(false)).Id;
    }

    /// <summary>Waits for a statement that was started before, in this process or another.</summary>
    /// <param name="statementId">The id of the statement.</param>
    /// <param name="cancellationToken">Cancels the wait, not the statement.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException"><paramref name="statementId"/> is not an id.</exception>
    /// <exception cref="DatabricksServingException">The statement failed, or is not known to the service.</exception>
    public virtual Task<SqlResult> WaitAsync(string statementId, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(statementId, nameof(statementId));
        return RunAsync(WaitForAsync(statementId, cancellationToken));
    }

    /// <summary>Cancels a statement. One that has ended is not changed.</summary>
    /// <param name="statementId">The id of the statement.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>A task that completes when the service has accepted the request; the statement may end a little later.</returns>
    /// <exception cref="ArgumentException"><paramref name="statementId"/> is not an id.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task CancelAsync(string statementId, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(statementId, nameof(statementId));
        return Connected(_requests).CancelAsync(statementId, cancellationToken);
    }

    private async Task<StatementDocument> WaitForAsync(string statementId, CancellationToken cancellationToken)
    {
        var document = await Connected(_requests).GetAsync(statementId, cancellationToken).ConfigureAwait(false);
        return await Connected(_runner).WaitAsync(document, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SqlResult> RunAsync(Task<StatementDocument> running)
    {
        var result = (await running.ConfigureAwait(false)).Result;
        return new SqlResult(result, cancellationToken => Connected(_reader).ReadAsync(result, cancellationToken));
    }

    private async IAsyncEnumerable<SqlRow> EnumerateAsync(
        string statement, SqlParameter[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var result = await ExecuteAsync(statement, parameters, cancellationToken).ConfigureAwait(false);
        await foreach (var row in result.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return row;
        }
    }

    private static SqlParameter[] Require(string statement, IEnumerable<SqlParameter>? parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statement);
        SqlParameter[] given = [.. parameters ?? []];
        return given.GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is
            { } repeated
            ? throw new ArgumentException($"Several parameters are named '{repeated.Key}'.", nameof(parameters))
            : given;
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This SqlStatementClient was created without a workspace, as mocks are. Override the member that was called.");
}
