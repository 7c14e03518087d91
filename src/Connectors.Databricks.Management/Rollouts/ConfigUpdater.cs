using Connectors.Databricks.Management.Requests;

namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Sends whole configurations, and verifies that they take effect.</summary>
internal sealed class ConfigUpdater(EndpointRequests requests)
{
    public TimeProvider Clock => requests.Api.Clock;

    public Task<ServingEndpoint> GetAsync(string endpointName, CancellationToken cancellationToken) =>
        requests.GetAsync(endpointName, cancellationToken);

    /// <summary>Gets the endpoint when no update is in progress: another one would be rejected.</summary>
    public async Task<ServingEndpoint> CurrentAsync(string endpointName, EndpointWaitOptions wait, CancellationToken cancellationToken)
    {
        var endpoint = await requests.GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return endpoint.IsUpdating ? await requests.WaitUntilReadyAsync(endpointName, wait, cancellationToken).ConfigureAwait(false)
            : endpoint;
    }

    /// <summary>Gets the endpoint and verifies that it has the expected configuration version.</summary>
    public async Task<ServingEndpoint> CurrentAsync(
        string endpointName, EndpointUpdateOptions options, CancellationToken cancellationToken)
    {
        var endpoint = await CurrentAsync(endpointName, options.Wait, cancellationToken).ConfigureAwait(false);
        endpoint.RequireReadable(
            "config", $"Endpoint '{endpointName}' was not updated. Send a whole configuration with UpdateConfigAsync.");
        return options.ExpectedConfigVersion is { } expected && endpoint.Config?.ConfigVersion != expected
            ? throw ConcurrencyCheck.Changed(endpoint, expected, "The update was not sent")
            : endpoint;
    }

    /// <summary>
    /// Verifies that no other client has changed the endpoint: an update sends the whole configuration, and would undo the change.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was changed, or is being changed.</exception>
    public async Task RequireUnchangedAsync(ServingEndpoint known, string consequence, CancellationToken cancellationToken)
    {
        var now = await requests.GetAsync(known.Name, cancellationToken).ConfigureAwait(false);
        now.RequireReadable("config", $"{consequence}: endpoint '{known.Name}' may have been changed concurrently.");
        if (now.IsUpdating || now.Config?.ConfigVersion != known.Config?.ConfigVersion)
        {
            throw ConcurrencyCheck.Changed(
                now, known.Config?.ConfigVersion, $"{consequence}, and traffic is split as {now.Config?.Traffic}");
        }
    }

    /// <summary>Updates, waits, and verifies that the traffic is split as requested.</summary>
    /// <param name="known">The endpoint as it was read.</param>
    /// <param name="config">The new configuration.</param>
    /// <param name="wait">How to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<ServingEndpoint> ApplyAsync(
        ServingEndpoint known, EndpointConfig config, EndpointWaitOptions wait, CancellationToken cancellationToken)
    {
        var name = known.Name;
        var updated = await (config.ServedEntities.All(entity => entity.ProvisionedModelUnits is not null)
            ? requests.UpdateModelUnitsAsync(name, config, options: null, cancellationToken)
            : requests.UpdateConfigAsync(name, config, cancellationToken)).ConfigureAwait(false);
        var endpoint = await requests.WaitUntilReadyAsync(name, wait, cancellationToken, updated).ConfigureAwait(false);
        endpoint.RequireReadable("config", $"Endpoint '{name}' was updated, and its traffic split is unknown.");
        return TrafficMath.AreAlike(config.Traffic, endpoint.Config?.Traffic)
            ? endpoint
            : throw new InvalidOperationException(
                $"Endpoint '{name}' splits its traffic as {endpoint.Config?.Traffic}, not as {config.Traffic}, although the update " +
                $"succeeded: it was " +
                "changed concurrently. Check its configuration before you continue.");
    }
}
