using System.Collections.Concurrent;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Caches what the workspace reports about each endpoint, so that a prediction is one request. Concurrent callers share a read. Only
/// endpoints that exist have an entry, so names of clients do not make it grow.
/// </summary>
internal sealed class EndpointDetailsCache(TimeSpan timeToLive)
{
    /// <summary>Short, so that an endpoint that becomes ready is soon called.</summary>
    private static readonly TimeSpan NotReadyTimeToLive = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="DatabricksServingException">The endpoint cannot be read, or does not exist.</exception>
    public async Task<EndpointDetails> GetAsync(
        DatabricksServingClient serving, string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(name, _ => new Entry());
        if (entry.Fresh(clock) is { } cached)
        {
            return cached;
        }

        await entry.Reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.Fresh(clock) is { } shared)
            {
                return shared;
            }

            var (details, isFinal) = await ReadAsync(serving, name, cancellationToken).ConfigureAwait(false);
            var lifetime = !details.Profile.IsReady || !isFinal ? TimeSpan.FromTicks(
                Math.Min(timeToLive.Ticks, NotReadyTimeToLive.Ticks)) : timeToLive;
            entry.Keep(details, clock.GetTimestamp(), lifetime);
            return details;
        }
        catch
        {
            _entries.TryRemove(KeyValuePair.Create(name, entry));
            throw;
        }
        finally
        {
            entry.Reading.Release();
        }
    }

    private static async Task<(EndpointDetails Details, bool IsFinal)> ReadAsync(
        DatabricksServingClient serving, string name, CancellationToken cancellationToken)
    {
        var profile = await serving.Directory.GetProfileAsync(name, cancellationToken).ConfigureAwait(false);
        if (!profile.IsReady || !HasSignature(profile))
        {
            return (new EndpointDetails(profile, null), true);
        }

        try
        {
            var signature = await serving.Directory.GetSignatureAsync(name, cancellationToken).ConfigureAwait(false);
            return (new EndpointDetails(profile, signature), true);
        }
        catch (DatabricksServingException exception)
        {
            // A model without a signature, or one that cannot be read for the moment: the service validates the input itself.
            return (new EndpointDetails(profile, null), !exception.IsTransient);
        }
    }

    private static bool HasSignature(EndpointProfile profile) =>
        profile.Mode.Value == EndpointMode.Prediction || profile.Mode.Value == EndpointMode.Unknown;

    private sealed class Entry
    {
        private Kept? _kept;

        public SemaphoreSlim Reading { get; } = new(1);

        public EndpointDetails? Fresh(TimeProvider clock) =>
            Volatile.Read(ref _kept) is { } kept && clock.GetElapsedTime(kept.ReadAt) < kept.Lifetime ? kept.Details : null;

        public void Keep(EndpointDetails details, long readAt, TimeSpan lifetime) =>
            Volatile.Write(ref _kept, new Kept(details, readAt, lifetime));

        private sealed record Kept(EndpointDetails Details, long ReadAt, TimeSpan Lifetime);
    }
}
