using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Whether it answers: <c>READY</c>. An endpoint scaled to zero is ready, too.</summary>
    public bool IsReady => Life.State.IsReady;

    /// <summary>The state of its update, such as <c>NOT_UPDATING</c> or <c>UPDATE_FAILED</c>.</summary>
    public string ConfigUpdate => Life.State.ConfigUpdate;

    /// <summary>
    /// How many GETs of this endpoint still show a deployment in progress, for the one under way and for all to come. The GET after
    /// them ends it. Lists and queries do not count.
    /// </summary>
    /// <param name="reads">The number; zero ends it with the first GET.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint TakesReadsToDeploy(int reads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reads);
        Life.TakeReads(reads);
        return this;
    }

    /// <summary>Shows it as if it had just been created: not ready, its first deployment in progress.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint BeginsToDeploy()
    {
        Life.Redeploy();
        return this;
    }

    /// <summary>
    /// Lets the deployment under way, or else the next one, fail: <c>UPDATE_FAILED</c>. What served before goes on serving.
    /// </summary>
    /// <param name="message">The <c>deployment_state_message</c> of what was being deployed.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint FailsToDeploy(string message = "The container could not be started. Please see service logs for more information.")
    {
        ArgumentNullException.ThrowIfNull(message);
        Life.Order(ConfigUpdates.Failed, Deployments.Failed, message);
        return this;
    }

    /// <summary>Lets the deployment under way, or else the next one, end as <c>UPDATE_CANCELED</c>.</summary>
    /// <param name="message">The <c>deployment_state_message</c> of what was being deployed.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CancelsTheUpdate(string message = "Served entity creation aborted because the update was cancelled.")
    {
        ArgumentNullException.ThrowIfNull(message);
        Life.Order(ConfigUpdates.Canceled, Deployments.Aborted, message);
        return this;
    }

    /// <summary>
    /// Stops it at once, as <c>config:stop</c> does; queries get a 400 until <c>config:start</c>. Any kind of endpoint can be.
    /// </summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint Stops()
    {
        Life.Stop(isOrder: true);
        return this;
    }

    /// <summary>
    /// Scales it to zero: it reads as ready, and the next query, with those that come meanwhile, waits for the start, by the emulator's
    /// clock.
    /// </summary>
    /// <param name="coldStart">How long the start takes; null takes <see cref="EmulatorManagementOptions.ColdStart"/>.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint ScalesToZero(TimeSpan? coldStart = null)
    {
        Life.ScaleToZero(coldStart);
        return this;
    }

    /// <summary>Retires its model: it is still listed, and every query is answered with 400, "This endpoint … is deprecated".</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint Retires()
    {
        Life.Retire();
        return this;
    }

    /// <summary>Serves versions of the classic model side by side from now on, each with its part of the traffic.</summary>
    /// <param name="entities">The served entities: name, version of the model, and percentage. The percentages sum to 100.</param>
    /// <returns>This endpoint.</returns>
    /// <exception cref="InvalidOperationException">The endpoint serves no classic model, or an update is under way.</exception>
    /// <exception cref="ArgumentException">A version is not registered, or the percentages do not sum to 100.</exception>
    public EmulatedEndpoint SplitsTraffic(params (string Name, string Version, int Percentage)[] entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        if (Life.State is not { IsUpdating: false, Shown.Entities: [{ Model.Classic: not null, EntityName: string model }, ..] })
        {
            throw new InvalidOperationException($"Endpoint '{Name}' serves no classic model that is deployed; only such a one is split.");
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
