using System.Collections.Concurrent;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>A bounded per-endpoint cache; idle entries are evicted, because endpoint names may be untrusted.</summary>
/// <param name="create">Creates the entry of an endpoint.</param>
/// <param name="isIdle">Whether an entry can be evicted: nothing uses it, and it holds no state that matters.</param>
internal sealed class EndpointCache<T>(Func<string, T> create, Func<T, bool> isIdle)
    where T : class, IDisposable
{
    internal const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, T> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public T Get(string endpointName)
    {
        if (_entries.TryGetValue(endpointName, out var known))
        {
            return known;
        }

        if (_entries.Count >= Capacity)
        {
            EvictIdle();
        }

        var created = create(endpointName);
        var entry = _entries.GetOrAdd(endpointName, created);
        if (!ReferenceEquals(entry, created))
        {
            created.Dispose();
        }

        return entry;
    }

    // A concurrent caller may hold an evicted entry; for that one call there are two. It stays usable until it is collected.
    private void EvictIdle()
    {
        foreach (var entry in _entries)
        {
            if (isIdle(entry.Value))
            {
                _entries.TryRemove(entry);
            }
        }
    }
}
