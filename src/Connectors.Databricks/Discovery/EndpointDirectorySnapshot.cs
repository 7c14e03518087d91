namespace Connectors.Databricks;

/// <summary>The endpoints and the model services of a workspace at one moment.</summary>
public sealed class EndpointDirectorySnapshot
{
    private readonly Dictionary<string, EndpointProfile> _byName;

    /// <summary>Initializes a new instance of the <see cref="EndpointDirectorySnapshot"/> class; for tests of an app.</summary>
    /// <param name="profiles">The endpoints and the model services.</param>
    /// <param name="readAt">When they were read.</param>
    /// <param name="age">The age of the snapshot when it was returned.</param>
    /// <param name="failure">The failure of the last refresh.</param>
    public EndpointDirectorySnapshot(
        IReadOnlyList<EndpointProfile> profiles, DateTimeOffset readAt, TimeSpan age = default, Exception? failure = null)
        : this(profiles, IndexOf(profiles), readAt, age, failure)
    {
    }

    private EndpointDirectorySnapshot(
        IReadOnlyList<EndpointProfile> profiles,
        Dictionary<string, EndpointProfile> byName,
        DateTimeOffset readAt,
        TimeSpan age,
        Exception? failure)
    {
        Profiles = profiles;
        _byName = byName;
        ReadAt = readAt;
        Age = age;
        Failure = failure;
    }

    /// <summary>Gets the model services, then the endpoints, both in the order of the service.</summary>
    public IReadOnlyList<EndpointProfile> Profiles { get; }

    /// <summary>Gets when the endpoints were read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>Gets the age of the snapshot when it was returned.</summary>
    public TimeSpan Age { get; }

    /// <summary>Gets the failure of the last refresh; <see langword="null"/> if it succeeded.</summary>
    public Exception? Failure { get; }

    /// <summary>
    /// Gets what is missing, and why: the token may not list the model services, or the endpoints, or a list was not read to its end. Empty
    /// if nothing is missing. A workspace without Unity Gateway has no model services, which is no gap.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets a description of each item of the lists that is not the document it should be; empty almost always.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>Finds an endpoint or a model service by its exact name.</summary>
    /// <param name="endpointName">The name of the endpoint, or the three-part name of the model service.</param>
    /// <returns>The profile, or <see langword="null"/> if there is none.</returns>
    public EndpointProfile? Find(string endpointName)
    {
        ArgumentNullException.ThrowIfNull(endpointName);
        return _byName.GetValueOrDefault(endpointName);
    }

    /// <summary>Selects the endpoints and the model services that match a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The profiles, in the order of <see cref="Profiles"/>.</returns>
    public IReadOnlyList<EndpointProfile> Where(DirectoryFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return [.. Profiles.Where(filter.Matches)];
    }

    /// <summary>Whether something is missing that a later request may return.</summary>
    internal bool IsPartial { get; init; }

    internal EndpointDirectorySnapshot At(TimeSpan age, Exception? failure) =>
        new(Profiles, _byName, ReadAt, age, failure) { Unreadable = Unreadable, Notes = Notes, IsPartial = IsPartial };

    private static Dictionary<string, EndpointProfile> IndexOf(IReadOnlyList<EndpointProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var byName = new Dictionary<string, EndpointProfile>(profiles.Count, StringComparer.Ordinal);
        foreach (var profile in profiles)
        {
            byName.TryAdd(profile.Name, profile);
        }

        return byName;
    }
}
