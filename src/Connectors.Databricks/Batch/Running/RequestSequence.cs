namespace Connectors.Databricks.Batch.Running;

/// <summary>An <see cref="IEnumerable{T}"/> as an <see cref="IAsyncEnumerable{T}"/> that completes synchronously.</summary>
internal sealed class RequestSequence<T>(IEnumerable<T> items) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(items.GetEnumerator());

    private sealed class Enumerator(IEnumerator<T> items) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync() => new(items.MoveNext());

        public ValueTask DisposeAsync()
        {
            items.Dispose();
            return default;
        }
    }
}
