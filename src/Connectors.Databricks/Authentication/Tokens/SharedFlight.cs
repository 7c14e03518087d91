using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>
/// Runs one operation at a time for everybody who wants its result. A caller who gives up leaves; the operation is cancelled when the last
/// one has left.
/// </summary>
internal sealed class SharedFlight<T>(Func<CancellationToken, Task<T>> operation)
{
    private readonly object _gate = new();
    private Flight? _current;

    /// <summary>Starts the operation, or joins the one that runs.</summary>
    public async Task<T> JoinAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Board(out var isFirst);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!isFirst && !cancellationToken.IsCancellationRequested)
        {
            // Who joined late was not there for all of the attempt that failed, and gets one of their own, shared again.
        }
        finally
        {
            Leave(flight);
        }

        flight = Board(out _);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(flight);
        }
    }

    private Flight Board(out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = _current is null || _current.Result.IsCompleted;
            if (isFirst)
            {
                // The operation belongs to all who wait, so nothing of the first caller's (activity, culture) flows into it.
                using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
                _current = new Flight(operation);
            }

            _current!.Passengers++;
            return _current;
        }
    }

    private void Leave(Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Passengers > 0)
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

    [SuppressMessage("Reliability", "CA1001", Justification = "Without a timer or a link it holds nothing, and the operation may still use it.")]
    private sealed class Flight
    {
        private readonly CancellationTokenSource _stop = new();

        public Flight(Func<CancellationToken, Task<T>> operation)
        {
            var token = _stop.Token;
            Result = Task.Run(() => operation(token), CancellationToken.None);
        }

        public Task<T> Result { get; }

        public int Passengers { get; set; }

        public void Stop()
        {
            if (!Result.IsCompleted)
            {
                // Nobody waits any more: what it still throws is nobody's.
                _ = Result.ContinueWith(
                    static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                _stop.Cancel();
            }
        }
    }
}
