using System.Collections.Concurrent;
using Connectors.Databricks.Models.Corrections;

namespace Connectors.Databricks.Models;

/// <summary>The known model capabilities of each endpoint of one client, with corrections that are kept until they expire.</summary>
/// <param name="capabilities">The known models.</param>
/// <param name="clock">The clock for the expiration of corrections.</param>
/// <param name="entities">Looks up what an endpoint serves whose name identifies no model.</param>
internal sealed class EndpointModels(DatabricksModelCapabilities capabilities, TimeProvider clock, IServedEntities entities)
{
    /// <summary>
    /// The maximum number of cached endpoints: names come with each call and may be untrusted. Further endpoints are looked up each time.
    /// </summary>
    private const int MaxEndpoints = 1000;

    private readonly ConcurrentDictionary<string, EndpointModel> _endpoints = new(StringComparer.Ordinal);

    // Created on first use: the JIT compiles each method of a dictionary for such a key, and few apps cause a warning.
    private readonly Lazy<ConcurrentDictionary<(string Endpoint, string Field), bool>> _warned = new(static () => new());
    private readonly ServedModels _served = new(capabilities, clock, entities);

    public EndpointModel For(string endpointName)
    {
        if (!_endpoints.TryGetValue(endpointName, out var known))
        {
            known = new EndpointModel(endpointName, capabilities.Find(endpointName));
            return _endpoints.Count < MaxEndpoints ? _endpoints.GetOrAdd(endpointName, known) : known;
        }

        return known.ExpiresAt < DateTimeOffset.MaxValue && known.ExpiresAt <= clock.GetUtcNow() ? WithoutExpired(endpointName) : known;
    }

    private EndpointModel WithoutExpired(string endpointName)
    {
        var now = clock.GetUtcNow();
        return _endpoints.AddOrUpdate(
            endpointName,
            name => new EndpointModel(name, capabilities.Find(name)),
            (_, known) => known.Without(correction => correction.ExpiresAt <= now));
    }

    /// <summary>Whether the endpoint's name identifies no model, and a lookup may still do so.</summary>
    public bool NeedsIdentification(EndpointModel endpoint) =>
        endpoint.Record is null && _served.CanLookUp(endpoint.EndpointName);

    /// <summary>
    /// Looks up the model that the endpoint serves; when the lookup fails or returns several models, the model stays unknown.
    /// </summary>
    public async Task<EndpointModel> IdentifyAsync(EndpointModel endpoint, CancellationToken cancellationToken)
    {
        var (record, apis) = await _served.FindAsync(endpoint.EndpointName, cancellationToken).ConfigureAwait(false);
        if (apis is not null)
        {
            endpoint = WithApis(endpoint.EndpointName, apis);
        }

        // Earlier corrections applied to an unknown model; they are dropped because this record may not need them.
        return record is null ? endpoint : WithRecord(endpoint.EndpointName, record);
    }

    /// <summary>Takes the model of an endpoint whose name identifies none from the names of what is behind it.</summary>
    public EndpointModel Identify(EndpointModel endpoint, string? servedModel, string target) =>
        endpoint.Record is null
            && ((servedModel is null ? null : capabilities.Find(servedModel)) ?? capabilities.Find(target)) is { } record
            ? WithRecord(endpoint.EndpointName, record)
            : endpoint;

    private EndpointModel WithRecord(string endpointName, DatabricksModelInfo record) => _endpoints.AddOrUpdate(
        endpointName,
        name => new EndpointModel(name, record),
        (name, known) => ReferenceEquals(known.Record, record) ? known : new EndpointModel(name, record) { Serving = known.Serving });

    private EndpointModel WithApis(string endpointName, ServedApis apis) => _endpoints.AddOrUpdate(
        endpointName,
        name => new EndpointModel(name, capabilities.Find(name)) { Serving = apis },
        (_, known) => ReferenceEquals(known.Serving, apis) ? known
            : new EndpointModel(known.EndpointName, known.Record, known.Corrections) { Serving = apis });

    /// <summary>
    /// Stores a correction. Of several concurrent callers with the same correction, only the first gets <paramref name="isFirst"/>.
    /// </summary>
    /// <param name="endpointName">The endpoint that rejected the parameter.</param>
    /// <param name="correction">The correction.</param>
    /// <param name="lifetime">The lifetime of the correction; <see cref="Timeout.InfiniteTimeSpan"/> never expires.</param>
    /// <param name="isFirst">Whether the correction is new.</param>
    public EndpointModel AddCorrection(string endpointName, ParameterCorrection correction, TimeSpan lifetime, out bool isFirst)
    {
        var now = clock.GetUtcNow();
        var dated = correction with { CreatedAt = now, ExpiresAt = ExpirationOf(now, lifetime) };
        var isNew = false;
        var model = _endpoints.AddOrUpdate(
            endpointName,
            name =>
            {
                isNew = true;
                return new EndpointModel(name, capabilities.Find(name), [dated]);
            },
            (_, known) =>
            {
                isNew = !known.Corrections.Any(earlier => earlier.IsSameAs(dated) && earlier.ExpiresAt > now);
                return isNew ? known.With(dated) : known;
            });
        isFirst = isNew;
        return model;
    }

    /// <summary>Removes a correction that did not help: the corrected request was rejected with the same message.</summary>
    public void RemoveCorrection(string endpointName, ParameterCorrection correction)
    {
        if (_endpoints.TryGetValue(endpointName, out var known))
        {
            // A concurrent change of the endpoint takes precedence.
            _endpoints.TryUpdate(endpointName, known.Without(earlier => earlier.IsSameAs(correction)), known);
        }
    }

    private static DateTimeOffset ExpirationOf(DateTimeOffset now, TimeSpan lifetime) =>
        lifetime < TimeSpan.Zero || lifetime > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + lifetime;

    public IReadOnlyList<DatabricksParameterCorrection> Corrections =>
    [
        .. from name in _endpoints.Keys.Order(StringComparer.Ordinal)
           from correction in For(name).Corrections
           select new DatabricksParameterCorrection(
               name, correction.Field, correction.Change, correction.ServiceMessage, correction.CreatedAt, correction.ExpiresAt),
    ];

    /// <summary>Clears the corrections and lookups of one endpoint, or of all.</summary>
    public void Clear(string? endpointName)
    {
        _served.Clear(endpointName);
        if (endpointName is null)
        {
            _endpoints.Clear();
        }
        else
        {
            _endpoints.TryRemove(endpointName, out _);
        }
    }

    /// <summary>Whether two endpoints serve the same model, so that reasoning content of one is valid for the other.</summary>
    public bool AreOneModel(string endpoint, string other) =>
        endpoint == other || (For(endpoint).Record is { IsFamily: false } record && ReferenceEquals(record, For(other).Record));

    /// <summary>Whether this is the first warning about an adjustment that can affect responses.</summary>
    public bool IsFirstWarning(string endpointName, string field) =>
        _warned.Value is var warned
        && !warned.ContainsKey((endpointName, field)) && warned.Count < MaxEndpoints && warned.TryAdd((endpointName, field), true);
}
