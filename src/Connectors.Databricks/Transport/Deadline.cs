namespace Connectors.Databricks.Transport;

/// <summary>
/// A time-out joined to the caller's token, and the knowledge of which of the two fired. One clock serves a call to its end: it can be stopped
/// and set anew.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _link;
    private LazyTimer? _timer;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        Caller = caller;
        _timer = LazyTimer.For(clock, static deadline => ((Deadline)deadline).Cancel(), this);
        _timer.Set(limit);
        _link = caller.UnsafeRegister(static deadline => ((Deadline)deadline!).Cancel(), this);
    }

    public CancellationToken Caller { get; }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the limit, and not the caller, ended the call.</summary>
    public bool Elapsed => _source.IsCancellationRequested && !Caller.IsCancellationRequested;

    /// <summary>Lets the call go on for as long from now; <see cref="Timeout.InfiniteTimeSpan"/> stops the clock.</summary>
    public void Restart(TimeSpan limit) => _timer?.Set(limit);

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in the moment in which its time did.
        }
    }

    public void Dispose()
    {
        // First the link, which waits for a cancellation under way: it must not find the source gone.
        _link.Dispose();
        Interlocked.Exchange(ref _timer, null)?.GiveBack();
        _source.Dispose();
    }
}
