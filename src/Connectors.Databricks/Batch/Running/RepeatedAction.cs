namespace Connectors.Databricks.Batch.Running;

/// <summary>Runs an action at an interval until it is stopped; its exception ends the batch.</summary>
internal sealed class RepeatedAction : IAsyncDisposable
{
    private readonly PeriodicTimer _timer;
    private readonly Task _running;

    public RepeatedAction(TimeSpan interval, TimeProvider timeProvider, Action action, BatchFault fault)
    {
        _timer = new PeriodicTimer(interval, timeProvider);
        _running = RunAsync(action, fault);
    }

    /// <summary>Waits until a call in progress has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync(Action action, BatchFault fault)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
            {
                action();
            }
        }
        catch (Exception exception)
        {
            fault.Fail(exception);
        }
    }
}
