using System.Collections.Concurrent;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>
/// Keeps the documents of single endpoints for a few seconds, so that open pages do not multiply the requests to the workspace. Concurrent
/// callers share a request; failures are not kept.
/// </summary>
internal sealed class DetailCache
{
    // The service updates metrics once a minute, and a state changes in minutes.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(10);

    private const int MaxEntries = 1_024;

    private readonly ConcurrentDictionary<(string Kind, string Name), Entry> _entries = new();

    /// <param name="kind">The kind of document.</param>
    /// <param name="name">The name of the endpoint, which is in the list of the workspace.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="read">Reads the document; it is not canceled with a single caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<ModelHubDocument> GetAsync(
        string kind, string name, TimeProvider clock, Func<Task<ModelHubDocument>> read, CancellationToken cancellationToken)
    {
        var key = (kind, name);
        if (!_entries.TryGetValue(key, out var entry) || entry.IsExpired(clock))
        {
            var added = new Entry(clock.GetTimestamp(), new Lazy<Task<ModelHubDocument>>(read));
            entry = _entries.AddOrUpdate(key, added, (_, current) => current.IsExpired(clock) ? added : current);
            if (_entries.Count > MaxEntries)
            {
                Evict(clock);
            }
        }

        try
        {
            return await entry.Document.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (entry.Document.Value.IsFaulted || entry.Document.Value.IsCanceled)
        {
            _entries.TryRemove(new(key, entry));
            throw;
        }
    }

    private void Evict(TimeProvider clock)
    {
        foreach (var item in _entries.Where(item => item.Value.IsExpired(clock)))
        {
            _entries.TryRemove(item);
        }

        // All of them are new: a list of more endpoints than entries, read as fast as a client can.
        while (_entries.Count > MaxEntries && _entries.Keys.FirstOrDefault() is { Name: not null } first)
        {
            _entries.TryRemove(first, out _);
        }
    }

    private sealed record Entry(long CreatedAt, Lazy<Task<ModelHubDocument>> Document)
    {
        public bool IsExpired(TimeProvider clock) => clock.GetElapsedTime(CreatedAt) >= TimeToLive;
    }
}
