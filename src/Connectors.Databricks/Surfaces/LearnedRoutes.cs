namespace Connectors.Databricks.Surfaces;

/// <summary>The routes of names, derived from responses of the workspace.</summary>
/// <param name="timeProvider">The clock of the client.</param>
internal sealed class LearnedRoutes(TimeProvider timeProvider)
{
    /// <summary>One hour: enforcement and model services change rarely, and learning again costs three requests.</summary>
    internal static readonly TimeSpan RouteLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// One minute: a permission that is granted takes effect after minutes, and a failing program must not list models in a loop.
    /// </summary>
    internal static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    private readonly ExpiringCache<Entry> _entries = new(timeProvider);

    /// <returns>What is known about a name; null for a name that is sent as it is.</returns>
    public Entry? Find(string name) => _entries.Find(name);

    public void Add(ServingRoute route) => _entries.Add(route.Name, new Entry(route, null), RouteLifetime);

    /// <summary>Keeps why a name could not be mapped.</summary>
    public void AddFailure(string name, string advice) => _entries.Add(name, new Entry(null, advice), FailureLifetime);

    /// <summary>Removes a route that the workspace no longer serves, unless it has been replaced.</summary>
    public void Remove(ServingRoute route) => _entries.Remove(route.Name, known => ReferenceEquals(known.Route, route));

    /// <param name="Route">The route; null when the name could not be mapped.</param>
    /// <param name="Advice">Why it could not; null when it could.</param>
    internal sealed record Entry(ServingRoute? Route, string? Advice);
}
