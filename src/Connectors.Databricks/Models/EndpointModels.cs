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
    private readonly ConcurrentDictionary<string, Lazy<Task<DatabricksModelInfo?>>> _identified = new(StringComparer.Ordinal);

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

    /// <summary>Whether the endpoint's name says nothing, and it can still be asked what it serves.</summary>
    public bool IsToBeIdentified(EndpointModel endpoint) =>
        entities is not null && endpoint.Record is null &&
        !(_identified.TryGetValue(endpoint.EndpointName, out var asked) && asked.IsValueCreated && asked.Value is { IsCompletedSuccessfully: true, Result: null });

    /// <summary>Asks the endpoint what it serves, once for all who wait; no answer, or several models, leave it unknown.</summary>
    public async Task<EndpointModel> IdentifyAsync(EndpointModel endpoint, CancellationToken cancellationToken)
    {
        var name = endpoint.EndpointName;
        var asked = _identified.GetOrAdd(name, key => new Lazy<Task<DatabricksModelInfo?>>(() => ServedModelAsync(key)));
        var record = await asked.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        return record is null ? endpoint : _endpoints.AddOrUpdate(
            name,
            key => new EndpointModel(key, record),
            (key, known) => ReferenceEquals(known.Record, record) ? known : new EndpointModel(key, record, known.Lessons));
    }

    // The question outlives a caller who gives up: others wait for its answer.
    private async Task<DatabricksModelInfo?> ServedModelAsync(string endpointName)
    {
        try
        {
            var served = await entities!.OfAsync(endpointName, CancellationToken.None).ConfigureAwait(false);
            var records = served.Select(RecordOf).Distinct().ToList();
            return records.Count == 1 ? records[0] : null;
        }
        catch (DatabricksServingException exception)
        {
            // Who may query an endpoint need not be allowed to view it. What may pass is asked again by the next call.
            if (exception.IsTransient)
            {
                _identified.TryRemove(endpointName, out _);
            }

            return null;
        }
    }

    private DatabricksModelInfo? RecordOf(ServedEntity entity) =>
        entity.Provider is { } provider ? catalog.Find(provider, entity.ExternalName ?? string.Empty) :
        entity.Name is { } name ? catalog.Find(name) : null;

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
                isNews = !known.Lessons.Any(earlier => earlier.Field == dated.Field && earlier.Change == dated.Change);
                return isNews ? known.With(dated) : known;
            });
        isFirst = isNews;
        return model;
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

    public void Forget(string? endpointName)
    {
        foreach (var name in _endpoints.Keys.Where(name => endpointName is null || name == endpointName))
        {
            _endpoints.AddOrUpdate(name, key => new EndpointModel(key, catalog.Find(key)), (_, known) => known.Without(_ => true));
        }
    }

    /// <summary>Whether reasoning of one endpoint is good at another: it is the same one, or serves the same model.</summary>
    public bool AreOneModel(string endpoint, string other) =>
        endpoint == other || (For(endpoint).Record is { IsFamily: false } record && ReferenceEquals(record, For(other).Record));

    /// <summary>Whether a change that affects answers was not yet warned of.</summary>
    public bool IsFirstWarning(string endpointName, string field) => _warned.Count < MostEndpoints && _warned.TryAdd((endpointName, field), true);
}
