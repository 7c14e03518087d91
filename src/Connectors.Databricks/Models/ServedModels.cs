using System.Collections.Concurrent;
using System.Net;

namespace Connectors.Databricks.Models;

/// <summary>
/// Looks up the models of endpoints whose names identify none: one lookup per endpoint, shared by concurrent callers, and cached. A failed
/// lookup leaves the model unknown and never fails the chat call.
/// </summary>
/// <param name="capabilities">The known models.</param>
/// <param name="clock">The clock for timeouts and retry delays.</param>
/// <param name="entities">Reads the served entities of an endpoint.</param>
internal sealed class ServedModels(DatabricksModelCapabilities capabilities, TimeProvider clock, IServedEntities entities)
{
    /// <summary>The maximum time a chat call waits for a lookup. The result of a slower lookup is used by the next call.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>The delay before a failed lookup is repeated, because each lookup already includes its own retries.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of endpoints that are looked up: names come with each call and may be untrusted.</summary>
    internal const int MaxEndpoints = 1000;

    private readonly ConcurrentDictionary<string, Lookup> _lookups = new(StringComparer.Ordinal);

    /// <summary>Whether a lookup may return a model: there was none yet, one is in progress, or the retry delay has elapsed.</summary>
    public bool CanLookUp(string endpointName) => _lookups.TryGetValue(endpointName, out var lookup)
        ? lookup.CanLookUp(clock.GetUtcNow())
        : _lookups.Count < MaxEndpoints;

    /// <returns>
    /// The record of the model that the endpoint serves and its APIs; null when they are unknown or the lookup has not completed.
    /// </returns>
    public async Task<(DatabricksModelInfo? Record, ServedApis? Apis)> FindAsync(string endpointName, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lookup = _lookups.AddOrUpdate(
            endpointName, name => Ask(name, now), (name, known) => known.IsDue(now) ? Ask(name, now) : known);
        try
        {
            var reply = await lookup.Answer.WaitAsync(MaxWait, clock, cancellationToken).ConfigureAwait(false);
            return (reply.Record, reply.Apis);
        }
        catch (TimeoutException)
        {
            return default;
        }
    }

    public void Clear(string? endpointName)
    {
        if (endpointName is null)
        {
            _lookups.Clear();
        }
        else
        {
            _lookups.TryRemove(endpointName, out _);
        }
    }

    private Lookup Ask(string endpointName, DateTimeOffset now) => new(now, () => AnswerAsync(endpointName));

    // Not canceled with a caller: other callers may be waiting for the result.
    private async Task<Reply> AnswerAsync(string endpointName)
    {
        try
        {
            var served = await entities.GetAsync(endpointName, CancellationToken.None).ConfigureAwait(false);
            var records = served.Entities.Select(RecordOf).Distinct().ToList();

            // An endpoint without served entities is still being created.
            return new Reply(
                records.Count == 1 ? records[0] : null, served.Apis,
                served.Entities.Count == 0 ? clock.GetUtcNow() + RetryDelay : DateTimeOffset.MaxValue);
        }
        catch (DatabricksServingException exception) when (exception.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            // The permission to query an endpoint does not include the permission to view it.
            return new Reply(null, null, DateTimeOffset.MaxValue);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The chat request that follows reports the failure if it persists.
            return new Reply(null, null, clock.GetUtcNow() + RetryDelay);
        }
    }

    private DatabricksModelInfo? RecordOf(ServedModelReference entity) =>
        entity.Provider is { } provider ? capabilities.Find(provider, entity.ExternalName ?? string.Empty) :
        entity.Name is { } name ? capabilities.Find(name) : null;

    /// <param name="Record">The served model; null when it is unknown.</param>
    /// <param name="Apis">Its APIs; null when they are unknown.</param>
    /// <param name="RepeatAt">When to repeat the lookup.</param>
    private sealed record Reply(DatabricksModelInfo? Record, ServedApis? Apis, DateTimeOffset RepeatAt);

    private sealed class Lookup(DateTimeOffset startedAt, Func<Task<Reply>> ask)
    {
        private readonly Lazy<Task<Reply>> _answer = new(ask);

        public Task<Reply> Answer => _answer.Value;

        public bool IsDue(DateTimeOffset now) => Known is { Record: null } reply && reply.RepeatAt <= now;

        public bool CanLookUp(DateTimeOffset now) =>
            Known is { } reply ? reply.Record is not null || reply.RepeatAt <= now : now < startedAt + MaxWait;

        private Reply? Known => _answer.IsValueCreated && _answer.Value is { IsCompletedSuccessfully: true } task ? task.Result : null;
    }
}
