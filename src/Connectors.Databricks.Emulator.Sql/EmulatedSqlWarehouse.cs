using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Emulator.Sql.Engine;
using Connectors.Databricks.Emulator.Sql.Parsing;
using Connectors.Databricks.Emulator.Sql.Statements;

namespace Connectors.Databricks.Emulator.Sql;

/// <summary>A SQL warehouse of the emulator: its tables, its statements, and how it misbehaves.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The emulator disposes the API.")]
public sealed class EmulatedSqlWarehouse
{
    private readonly StatementApi _api;
    private readonly EmulatedSqlWarehouseOptions _options;
    private readonly DatabricksEmulator _emulator;
    private TaskCompletionSource? _held;

    internal EmulatedSqlWarehouse(DatabricksEmulator emulator, EmulatedSqlWarehouseOptions options)
    {
        (_emulator, _options) = (emulator, options);
        _api = new StatementApi(emulator, options);
        emulator.AddApi(_api);
    }

    /// <summary>Gets the id of the warehouse.</summary>
    public string Id => _options.WarehouseId;

    /// <summary>Gets the statements in order of arrival.</summary>
    public IReadOnlyList<EmulatedSqlStatement> Statements =>
        [.. _api.Runs.Select(run => new EmulatedSqlStatement(run.Id, run.Request.Statement, run.State, run.Models?.Count ?? 0))];

    /// <summary>Gets the status codes of the requests to external links, in order.</summary>
    public IReadOnlyList<int> LinkResponses
    {
        get
        {
            lock (_api.Storage.Requests)
            {
                return [.. _api.Storage.Requests.Select(request => request.Status)];
            }
        }
    }

    /// <summary>Creates a table, and its schema if there is none.</summary>
    /// <param name="name">The name with its catalog and schema, such as <c>main.src.tickets</c>.</param>
    /// <param name="columns">The columns, such as <c>id BIGINT, body STRING</c>.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">The name or the columns cannot be parsed.</exception>
    public void CreateTable(string name, string columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var context = new ParserContext(
            _options.Catalog, _options.Schema, new Dictionary<string, ParameterValue>(), _emulator.Clock.GetUtcNow());
        try
        {
            var create = new Translator($"CREATE TABLE {name} ({columns})", context).Translate();
            _api.Database.AddSchema(create.Target!);
            _api.Database.Execute(
                create, _api.Database.NewStatement(), new ModelQuery(_emulator, null, [], CancellationToken.None), null,
                CancellationToken.None);
            _api.Database.Insert(create.Target!, rows);
        }
        catch (SqlException exception)
        {
            throw new ArgumentException(exception.Message, nameof(name), exception);
        }
    }

    /// <summary>Creates an empty schema.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="schema">The schema.</param>
    public void CreateSchema(string catalog, string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        _api.Database.AddSchema(new TableName(catalog, schema, ""));
    }

    /// <summary>Lets the next statement fail.</summary>
    /// <param name="errorCode">The error code, such as <c>TEMPORARILY_UNAVAILABLE</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="sqlState">The SQLSTATE; null for none.</param>
    public void FailNextStatement(string errorCode, string message, string? sqlState = null) =>
        _api.Failures.Enqueue(new SqlException(errorCode, message, sqlState));

    /// <summary>Lets statements wait, until <see cref="ReleaseStatements"/>.</summary>
    public void HoldStatements()
    {
        _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _api.Gate = _held.Task;
    }

    /// <summary>Lets statements run again.</summary>
    public void ReleaseStatements()
    {
        _held?.TrySetResult();
        (_held, _api.Gate) = (null, Task.CompletedTask);
    }

    /// <summary>Lets every external link that was sent before expire.</summary>
    public void ExpireLinks() => _api.Storage.ExpireLinks();
}
