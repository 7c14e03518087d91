using System.Collections.Concurrent;

namespace Connectors.Databricks.Surfaces;

/// <summary>A bounded cache of the routes of names, derived from responses of the workspace; entries expire.</summary>
/// <param name="timeProvider">The clock of the client.</param>
internal sealed class LearnedRoutes(TimeProvider timeProvider)
{
    /// <summary>Names come with each call and may be untrusted.</summary>
    internal const int Capacity = 1000;

    /// <summary>One hour: enforcement and model services change rarely, and learning again costs three requests.</summary>
    internal static readonly TimeSpan RouteLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// One minute: a permission that is granted takes effect after minutes, and a failing program must not list models in a loop.
    /// </summary>
    internal static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <returns>What is known about a name; null for a name that is sent as it is.</returns>
    public Entry? Find(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (entry.ExpiresAt > timeProvider.GetUtcNow())
        {
            return entry;
        }

        _entries.TryRemove(KeyValuePair.Create(name, entry));
        return null;
    }

    public void Add(ServingRoute route) => Add(route.Name, new Entry(route, null, timeProvider.GetUtcNow() + RouteLifetime));

    /// <summary>Keeps why a name could not be mapped.</summary>
    public void AddFailure(string name, string advice) => Add(name, new Entry(null, advice, timeProvider.GetUtcNow() + FailureLifetime));

    /// <summary>Removes a route that the workspace no longer serves, unless it has been replaced.</summary>
    public void Remove(ServingRoute route)
    {
        if (_entries.TryGetValue(route.Name, out var entry) && ReferenceEquals(entry.Route, route))
        {
            _entries.TryRemove(KeyValuePair.Create(route.Name, entry));
        }
    }

    private void Add(string name, Entry entry)
    {
        if (_entries.Count >= Capacity && !_entries.ContainsKey(name))
        {
            // The entry that expires first is the oldest of its kind.
            _entries.TryRemove(_entries.MinBy(static known => known.Value.ExpiresAt));
        }

        _entries[name] = entry;
    }

    /// <param name="Route">The route; null when the name could not be mapped.</param>
    /// <param name="Advice">Why it could not; null when it could.</param>
    /// <param name="ExpiresAt">The time when the route is looked up again.</param>
    internal sealed record Entry(ServingRoute? Route, string? Advice, DateTimeOffset ExpiresAt);
}
