namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// Limits the results in progress. One thread waits and one releases; while there is room, which is nearly always, each costs one access to
/// memory.
/// </summary>
internal sealed class ResultWindow(int size)
{
    private readonly object _lock = new();
    private long _read;
    private TaskCompletionSource? _room;

    /// <summary>Waits until the result at a position has room.</summary>
    public ValueTask WaitAsync(long position, CancellationToken cancellationToken)
    {
        if (HasRoom(position))
        {
            return default;
        }

        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _room = room;
        }

        // The result may have been read before the caller could find the waiter.
        Interlocked.MemoryBarrier();
        return HasRoom(position) ? default : new ValueTask(WaitAsync(room, position, cancellationToken));
    }

    /// <summary>Reports that a result has been read.</summary>
    public void Release()
    {
        Interlocked.Increment(ref _read);
        if (Volatile.Read(ref _room) is not null)
        {
            lock (_lock)
            {
                _room?.TrySetResult();
                _room = null;
            }
        }
    }

    private async Task WaitAsync(TaskCompletionSource room, long position, CancellationToken cancellationToken)
    {
        await room.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await WaitAsync(position, cancellationToken).ConfigureAwait(false);
    }

    private bool HasRoom(long position) => position - Volatile.Read(ref _read) < size;
}
