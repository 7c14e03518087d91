using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Emulator.Sql.Engine;
using Connectors.Databricks.Emulator.Sql.Parsing;

namespace Connectors.Databricks.Emulator.Sql.Statements;

/// <summary>A statement and its state.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds no resource, and a poll may still use it.")]
internal sealed class StatementRun(Guid id, StatementRequest request, DateTimeOffset startedAt)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _canceling = new();
    private bool _isPending = true;

    public string Id { get; } = id.ToString();

    public StatementRequest Request => request;

    public DateTimeOffset StartedAt => startedAt;

    public string State { get; private set; } = "PENDING";

    public SqlException? Error { get; private set; }

    public ResultTable Result { get; private set; } = ResultTable.Empty;

    public ModelQuery? Models { get; set; }

    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Runs the statement to one of its ends.</summary>
    public void Run(Func<CancellationToken, ResultTable> execute)
    {
        try
        {
            Start();
            var result = execute(_canceling.Token);
            End("SUCCEEDED", result: result);
        }
        catch (OperationCanceledException)
        {
            End("CANCELED");
        }
        catch (SqlException exception)
        {
            End("FAILED", exception);
        }
    }

    public CancellationToken Canceled => _canceling.Token;

    public void Cancel()
    {
        _canceling.Cancel();
        End("CANCELED");
    }

    /// <summary>
    /// The state for a poll. The first poll of a statement that was submitted without a wait is RUNNING, as the vendor's own fake has it
    /// [cli].
    /// </summary>
    public string Poll()
    {
        lock (_lock)
        {
            if (!_isPending)
            {
                return State;
            }

            _isPending = false;
            return State == "CANCELED" ? State : "RUNNING";
        }
    }

    /// <summary>The state for the response to the request that started it.</summary>
    public string FirstState(bool waited)
    {
        lock (_lock)
        {
            _isPending = !waited;
            return waited ? State : "PENDING";
        }
    }

    private void Start()
    {
        lock (_lock)
        {
            State = State == "PENDING" ? "RUNNING" : State;
        }
    }

    private void End(string state, SqlException? error = null, ResultTable? result = null)
    {
        lock (_lock)
        {
            if (State is "PENDING" or "RUNNING")
            {
                (State, Error, Result) = (state, error, result ?? ResultTable.Empty);
            }
        }
    }
}
