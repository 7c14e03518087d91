using System.Collections.Concurrent;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// Starts items on the thread pool: at most as many threads as there are processors take them from one queue. An entry of the pool for each
/// item would cost more than a queue of ours.
/// </summary>
internal sealed class ItemStarter<TResponse>
    where TResponse : class
{
    private readonly ConcurrentQueue<BatchItem<TResponse>> _items = new();
    private int _threads;

    public void Start(BatchItem<TResponse> item)
    {
        _items.Enqueue(item);
        if (Volatile.Read(ref _threads) < Environment.ProcessorCount)
        {
            Interlocked.Increment(ref _threads);
            ThreadPool.QueueUserWorkItem(static starter => starter.Run(), this, preferLocal: false);
        }
    }

    private void Run()
    {
        do
        {
            while (_items.TryDequeue(out var item))
            {
                item.Run();
            }

            Interlocked.Decrement(ref _threads);
        }
        while (!_items.IsEmpty && Interlocked.Increment(ref _threads) > 0);
    }
}
