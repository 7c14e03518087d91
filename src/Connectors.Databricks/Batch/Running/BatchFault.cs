namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// How a batch ends early. After a failure no further request is sent, but those in flight complete, because they are paid for; a
/// cancellation stops them, too.
/// </summary>
internal sealed class BatchFault : IDisposable
{
    private readonly CancellationTokenSource _canceled;
    private readonly CancellationTokenSource _stopped;
    private Exception? _failure;

    public BatchFault(CancellationToken cancellationToken)
    {
        _canceled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(_canceled.Token);
        (Canceled, Stopped) = (_canceled.Token, _stopped.Token);
    }

    /// <summary>Canceled when requests in flight are to be stopped.</summary>
    public CancellationToken Canceled { get; }

    /// <summary>Canceled when no further request is to be sent.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Why the batch ends early; null when it does not, or was canceled.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Ends the batch; the first failure counts.</summary>
    public void Fail(Exception exception)
    {
        if (Interlocked.CompareExchange(ref _failure, exception, null) is null)
        {
            _stopped.Cancel();
        }
    }

    public Task CancelAsync() => _canceled.CancelAsync();

    public void Dispose()
    {
        _stopped.Dispose();
        _canceled.Dispose();
    }
}
