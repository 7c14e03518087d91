using System.Collections.Concurrent;
using Connectors.Databricks.Models.Learning;

namespace Connectors.Databricks.Models;

/// <summary>What is known of each endpoint of one client. Lessons are kept until they expire.</summary>
/// <param name="catalog">What is known of models.</param>
/// <param name="clock">The clock that lessons expire by.</param>
/// <param name="lessonLifetime">How long they are kept.</param>
/// <param name="entities">Tells what an endpoint serves whose name says nothing; null when nobody may be asked.</param>
internal sealed class EndpointModels(
    DatabricksModelCatalog catalog, TimeProvider clock, TimeSpan lessonLifetime, IServedEntities? entities = null)
{
    /// <summary>A name comes with each call, and may come from a stranger: beyond these they are looked up each time.</summary>
    private const int MostEndpoints = 1000;

    private readonly ConcurrentDictionary<string, EndpointModel> _endpoints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Endpoint, string Field), bool> _warned = new();
    private readonly ServedModels? _served = entities is null ? null : new ServedModels(catalog, clock, entities);

    public EndpointModel For(string endpointName)
    {
        if (!_endpoints.TryGetValue(endpointName, out var known))
        {
            known = new EndpointModel(endpointName, catalog.Find(endpointName));
            return _endpoints.Count < MostEndpoints ? _endpoints.GetOrAdd(endpointName, known) : known;
        }

        return known.ExpiresAt < DateTimeOffset.MaxValue && known.ExpiresAt <= clock.GetUtcNow() ? Renewed(endpointName) : known;
    }

    private EndpointModel Renewed(string endpointName)
    {
        var now = clock.GetUtcNow();
        return _endpoints.AddOrUpdate(
            endpointName,
            name => new EndpointModel(name, catalog.Find(name)),
            (_, known) => known.Without(lesson => lesson.ExpiresAt <= now));
    }

    /// <summary>Whether the endpoint's name says nothing, and it may still tell what it serves.</summary>
    public bool IsToBeIdentified(EndpointModel endpoint) =>
        _served is not null && endpoint.Record is null && _served.MayTell(endpoint.EndpointName);

    /// <summary>Asks the endpoint what it serves; no answer, or several models, leave it unknown.</summary>
    public async Task<EndpointModel> IdentifyAsync(EndpointModel endpoint, CancellationToken cancellationToken)
    {
        var record = await _served!.FindAsync(endpoint.EndpointName, cancellationToken).ConfigureAwait(false);

        // What was learnt before corrected a record that knew nothing; this one may need no correction.
        return record is null ? endpoint : _endpoints.AddOrUpdate(
            endpoint.EndpointName,
            name => new EndpointModel(name, record),
            (name, known) => ReferenceEquals(known.Record, record) ? known : new EndpointModel(name, record));
    }

    /// <summary>Takes a lesson in. Whoever comes first, of many whose requests were refused at once, is told so.</summary>
    /// <param name="endpointName">Who taught it.</param>
    /// <param name="lesson">What.</param>
    /// <param name="isFirst">Whether it was news.</param>
    public EndpointModel Learn(string endpointName, Lesson lesson, out bool isFirst)
    {
        var now = clock.GetUtcNow();
        var dated = lesson with { LearnedAt = now, ExpiresAt = Later(now) };
        var isNews = false;
        var model = _endpoints.AddOrUpdate(
            endpointName,
            name =>
            {
                isNews = true;
                return new EndpointModel(name, catalog.Find(name), [dated]);
            },
            (_, known) =>
            {
                isNews = !known.Lessons.Any(earlier => earlier.IsLike(dated) && earlier.ExpiresAt > now);
                return isNews ? known.With(dated) : known;
            });
        isFirst = isNews;
        return model;
    }

    /// <summary>Takes a lesson back: a request that was written by it was refused in the same words.</summary>
    public void Unlearn(string endpointName, Lesson lesson)
    {
        if (_endpoints.TryGetValue(endpointName, out var known))
        {
            // Whoever has changed the endpoint meanwhile knows more than this.
            _endpoints.TryUpdate(endpointName, known.Without(earlier => earlier.IsLike(lesson)), known);
        }
    }

    // Timeout.InfiniteTimeSpan: never.
    private DateTimeOffset Later(DateTimeOffset now) =>
        lessonLifetime < TimeSpan.Zero || lessonLifetime > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + lessonLifetime;

    public IReadOnlyList<DatabricksEndpointLesson> Lessons =>
    [
        .. from name in _endpoints.Keys.Order(StringComparer.Ordinal)
           from lesson in For(name).Lessons
           select new DatabricksEndpointLesson(name, lesson.Field, lesson.Change, lesson.ServiceMessage, lesson.LearnedAt, lesson.ExpiresAt),
    ];

    /// <summary>Forgets what an endpoint, or all, have taught and told.</summary>
    public void Forget(string? endpointName)
    {
        _served?.Forget(endpointName);
        if (endpointName is null)
        {
            _endpoints.Clear();
        }
        else
        {
            _endpoints.TryRemove(endpointName, out _);
        }
    }

    /// <summary>Whether reasoning of one endpoint is good at another: it is the same one, or serves the same model.</summary>
    public bool AreOneModel(string endpoint, string other) =>
        endpoint == other || (For(endpoint).Record is { IsFamily: false } record && ReferenceEquals(record, For(other).Record));

    /// <summary>Whether a change that affects answers was not yet warned of.</summary>
    public bool IsFirstWarning(string endpointName, string field) =>
        !_warned.ContainsKey((endpointName, field)) && _warned.Count < MostEndpoints && _warned.TryAdd((endpointName, field), true);
}
