using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Replaces the destinations of model services, and makes sure that no other change is lost.</summary>
internal sealed class DestinationUpdater(ModelServiceRequests requests)
{
    public TimeProvider Clock => requests.Api.Clock;

    /// <summary>Gets the model service and verifies that it has the expected etag.</summary>
    public async Task<ModelService> CurrentAsync(string serviceName, string? expectedEtag, CancellationToken cancellationToken)
    {
        var service = await requests.GetAsync(serviceName, cancellationToken).ConfigureAwait(false);
        service.RequireReadable("config", $"Model service '{serviceName}' was not updated.");
        return expectedEtag is not null && service.Etag != expectedEtag
            ? throw Changed(service, "The update was not sent")
            : service;
    }

    /// <summary>
    /// Makes sure that no other client has changed the model service. The etag of the next request does this too, where the host returns
    /// one; a rollout stops before it sends the request.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was changed.</exception>
    public async Task RequireUnchangedAsync(ModelService known, string consequence, CancellationToken cancellationToken)
    {
        var now = await requests.GetAsync(known.Name, cancellationToken).ConfigureAwait(false);
        if (known.Etag is null || now.Etag is null ? now.Config != known.Config : now.Etag != known.Etag)
        {
            throw Changed(now, consequence);
        }
    }

    /// <summary>Replaces the destinations, and makes sure that the traffic is split as requested.</summary>
    /// <param name="known">The model service as it was read; its etag is the condition of the update.</param>
    /// <param name="destinations">The new destinations.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<ModelService> ApplyAsync(
        ModelService known, IReadOnlyList<ModelServiceDestination> destinations, CancellationToken cancellationToken)
    {
        var changed = known with { Config = ModelServiceConfig.To([.. destinations]) };
        var updated = await SendAsync(changed, cancellationToken).ConfigureAwait(false);
        if (updated.Destinations.Count == 0)
        {
            // Not every response has the whole document.
            updated = await requests.GetAsync(known.Name, cancellationToken).ConfigureAwait(false);
        }

        // A destination without traffic counts, too: it was added for the next steps.
        var (sent, now) = (DestinationTraffic.Of(destinations), DestinationTraffic.Of(updated.Destinations));
        var areSame = destinations.Select(one => one.Name).ToHashSet().SetEquals(updated.Destinations.Select(one => one.Name));
        return areSame && TrafficMath.AreAlike(sent, now)
            ? updated
            : throw new InvalidOperationException(
                $"Model service '{known.Name}' splits its traffic as {now}, not as {sent}, although the update succeeded: it was changed " +
                "concurrently. Check its configuration before you continue.");
    }

    private async Task<ModelService> SendAsync(ModelService changed, CancellationToken cancellationToken)
    {
        try
        {
            return await requests.UpdateAsync(changed, [ModelServiceFields.Destinations], "destinations", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (exception.Kind == DatabricksServingErrorKind.ConcurrentChange)
        {
            throw new InvalidOperationException(
                $"Model service '{changed.Name}' was changed concurrently. The update was rejected; get the service before you continue.",
                exception);
        }
    }

    private static InvalidOperationException Changed(ModelService now, string consequence) => new(
        $"Model service '{now.Name}' was changed concurrently. {consequence}, and traffic is split as " +
        $"{DestinationTraffic.Of(now.Destinations)}.");
}
