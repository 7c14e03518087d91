using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>
/// Coalesces concurrent calls of one operation: at most one runs at a time, and its callers share the result. A caller may cancel its own
/// wait; the operation is canceled when no caller is left.
/// </summary>
internal sealed class SingleFlight<T>(Func<CancellationToken, Task<T>> operation)
{
    private readonly object _gate = new();
    private Flight? _current;

    /// <summary>Starts the operation, or waits for the one in flight.</summary>
    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Enter(out var isFirst);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!isFirst && !cancellationToken.IsCancellationRequested)
        {
            // A caller that joined an operation in flight gets one retry, which is shared as well.
        }
        finally
        {
            Exit(flight);
        }

        flight = Enter(out _);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Exit(flight);
        }
    }

    private Flight Enter(out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = _current is null || _current.Result.IsCompleted;
            if (isFirst)
            {
                // The operation is shared, so the execution context of the first caller (activity, culture) must not flow into it.
                using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
                _current = new Flight(operation);
            }

            _current!.Waiters++;
            return _current;
        }
    }

    private void Exit(Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiters > 0)
            {
                return;
            }

            if (ReferenceEquals(_current, flight))
            {
                _current = null;
            }
        }

        flight.Stop();
    }

    [SuppressMessage(
        "Reliability", "CA1001",
        Justification = "Without a timer or a linked token it holds no resources, and the operation may still use it.")]
    private sealed class Flight
    {
        private readonly CancellationTokenSource _stop = new();

        public Flight(Func<CancellationToken, Task<T>> operation)
        {
            var token = _stop.Token;
            Result = Task.Run(() => operation(token), CancellationToken.None);
        }

        public Task<T> Result { get; }

        public int Waiters { get; set; }

        public void Stop()
        {
            if (!Result.IsCompleted)
            {
                // No caller is left; observe the exception.
                _ = Result.ContinueWith(
                    static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                _stop.Cancel();
            }
        }
    }
}
