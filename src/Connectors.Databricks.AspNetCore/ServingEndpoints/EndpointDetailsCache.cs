using System.Collections.Concurrent;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Caches what the workspace reports about each endpoint, so that a prediction is one request. Only endpoints that exist have an entry, so
/// names of clients do not make it grow.
/// </summary>
internal sealed class EndpointDetailsCache(TimeSpan timeToLive)
{
    /// <summary>Short, so that an endpoint that becomes ready is soon called.</summary>
    private static readonly TimeSpan NotReadyTimeToLive = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TimedValue<EndpointDetails>> _entries = new(StringComparer.Ordinal);

    /// <exception cref="DatabricksServingException">The endpoint cannot be read, or does not exist.</exception>
    public async Task<EndpointDetails> GetAsync(
        DatabricksServingClient serving, string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(name, _ => new TimedValue<EndpointDetails>());
        try
        {
            return await entry.GetAsync(clock, stopped => ReadAsync(serving, name, stopped), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _entries.TryRemove(KeyValuePair.Create(name, entry));
            throw;
        }
    }

    private async Task<(EndpointDetails Details, TimeSpan Lifetime)> ReadAsync(
        DatabricksServingClient serving, string name, CancellationToken cancellationToken)
    {
        var profile = await serving.Directory.GetProfileAsync(name, cancellationToken).ConfigureAwait(false);
        if (!profile.IsReady || !HasSignature(profile))
        {
            return (new EndpointDetails(profile, null), Lifetime(profile.IsReady));
        }

        try
        {
            var signature = await serving.Directory.GetSignatureAsync(name, cancellationToken).ConfigureAwait(false);
            return (new EndpointDetails(profile, signature), timeToLive);
        }
        catch (DatabricksServingException exception)
        {
            // A model without a signature, or one that cannot be read for the moment: the service validates the input itself.
            return (new EndpointDetails(profile, null), Lifetime(!exception.IsTransient));
        }
    }

    private TimeSpan Lifetime(bool isSettled) => isSettled || timeToLive < NotReadyTimeToLive ? timeToLive : NotReadyTimeToLive;

    private static bool HasSignature(EndpointProfile profile) =>
        profile.Mode.Value == EndpointMode.Prediction || profile.Mode.Value == EndpointMode.Unknown;
}
