using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Gets a value indicating whether the endpoint is <c>READY</c>. An endpoint that is scaled to zero is ready.</summary>
    public bool IsReady => Life.State.IsReady;

    /// <summary>Gets the state of the update, such as <c>NOT_UPDATING</c> or <c>UPDATE_FAILED</c>.</summary>
    public string ConfigUpdate => Life.State.ConfigUpdate;

    /// <summary>
    /// Sets how many GETs of this endpoint report a deployment in progress, for the current deployment and later ones. The next GET
    /// completes it. Lists and queries do not count.
    /// </summary>
    /// <param name="reads">The number; 0 completes a deployment at the first GET.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint TakesReadsToDeploy(int reads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reads);
        Life.SetReadsToDeploy(reads);
        return this;
    }

    /// <summary>Restarts the first deployment: the endpoint is not ready.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint BeginsToDeploy()
    {
        Life.Redeploy();
        return this;
    }

    /// <summary>Fails the current deployment, or the next one: <c>UPDATE_FAILED</c>. The previous configuration keeps serving.</summary>
    /// <param name="message">The <c>deployment_state_message</c> of the failed entities.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint FailsToDeploy(
        string message = "The container could not be started. Please see service logs for more information.")
    {
        ArgumentNullException.ThrowIfNull(message);
        Life.PlanOutcome(ConfigUpdates.Failed, Deployments.Failed, message);
        return this;
    }

    /// <summary>Ends the current deployment, or the next one, with <c>UPDATE_CANCELED</c>.</summary>
    /// <param name="message">The <c>deployment_state_message</c> of the canceled entities.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint CancelsTheUpdate(string message = "Served entity creation aborted because the update was cancelled.")
    {
        ArgumentNullException.ThrowIfNull(message);
        Life.PlanOutcome(ConfigUpdates.Canceled, Deployments.Aborted, message);
        return this;
    }

    /// <summary>
    /// Stops the endpoint immediately, as <c>config:stop</c> does: queries fail with 400 until <c>config:start</c>. Works for every kind of
    /// endpoint.
    /// </summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Stops()
    {
        Life.Stop(isOrder: true);
        return this;
    }

    /// <summary>
    /// Scales the endpoint to zero: it stays ready, and the next query, with those that arrive meanwhile, waits for the cold start on the
    /// emulator's clock.
    /// </summary>
    /// <param name="coldStart">The duration of the cold start; null uses <see cref="EmulatorManagementOptions.ColdStart"/>.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint ScalesToZero(TimeSpan? coldStart = null)
    {
        Life.ScaleToZero(coldStart);
        return this;
    }

    /// <summary>
    /// Retires the model: the endpoint is still listed, and every query fails with 400, "This endpoint … is deprecated".
    /// </summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Retires()
    {
        Life.Retire();
        return this;
    }

    /// <summary>Serves versions of the classic model side by side from now on.</summary>
    /// <param name="entities">The served entities: name, version of the model, and percentage. The percentages sum to 100.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    /// <exception cref="InvalidOperationException">The endpoint serves no classic model, or an update is in progress.</exception>
    /// <exception cref="ArgumentException">A version is not registered, or the percentages do not sum to 100.</exception>
    public EmulatedEndpoint SplitsTraffic(params (string Name, string Version, int Percentage)[] entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        if (Life.State is not { IsUpdating: false, Shown.Entities: [{ Model.Classic: not null, EntityName: string model }, ..] })
        {
            throw new InvalidOperationException(
                $"Endpoint '{Name}' serves no deployed classic model; only deployed classic models can split traffic.");
        }

        if (entities.Sum(entity => entity.Percentage) != 100)
        {
            throw new ArgumentException("The percentages must sum to 100.", nameof(entities));
        }

        ServedEntity[] served = [.. entities.Select(entity => ServedEntityFactory.Custom(
            model, _emulator.Model(model, entity.Version), entity.Version, entity.Name))];
        TrafficRoute[] routes = [.. entities.Select(entity => new TrafficRoute(entity.Name, entity.Percentage))];
        Life.Deploy((_, version) => new EndpointConfig(version, served, routes), atOnce: true);
        return this;
    }
}
