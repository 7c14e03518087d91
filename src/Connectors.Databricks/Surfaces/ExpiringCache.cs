using System.Collections.Concurrent;

namespace Connectors.Databricks.Surfaces;

/// <summary>A bounded cache of what the workspace showed about names; entries expire.</summary>
/// <param name="timeProvider">The clock of the client.</param>
internal sealed class ExpiringCache<T>(TimeProvider timeProvider)
    where T : class
{
    /// <summary>Names come with each call and may be untrusted.</summary>
    internal const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <returns>What is known about a name; null when nothing is, or no longer.</returns>
    public T? Find(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (entry.ExpiresAt > timeProvider.GetUtcNow())
        {
            return entry.Value;
        }

        _entries.TryRemove(KeyValuePair.Create(name, entry));
        return null;
    }

    public void Add(string name, T value, TimeSpan lifetime)
    {
        if (_entries.Count >= Capacity && !_entries.ContainsKey(name))
        {
            // The entry that expires first is the oldest of its kind.
            _entries.TryRemove(_entries.MinBy(static known => known.Value.ExpiresAt));
        }

        _entries[name] = new Entry(value, timeProvider.GetUtcNow() + lifetime);
    }

    /// <summary>Removes an entry whose value meets a condition.</summary>
    public void Remove(string name, Func<T, bool> condition)
    {
        if (_entries.TryGetValue(name, out var entry) && condition(entry.Value))
        {
            // Not the entry that has replaced it in the meantime.
            _entries.TryRemove(KeyValuePair.Create(name, entry));
        }
    }

    public void Clear() => _entries.Clear();

    private sealed record Entry(T Value, DateTimeOffset ExpiresAt);
}
