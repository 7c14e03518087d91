namespace Connectors.Databricks.Management.Rollouts;

/// <summary>The traffic of an endpoint: each request sends the whole configuration.</summary>
internal sealed class EndpointTraffic(ConfigUpdater updater, string endpointName, TrafficShift shift) : ITrafficTarget<ServingEndpoint>
{
    public TimeProvider Clock => updater.Clock;

    public async Task<ServingEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = await updater.CurrentAsync(endpointName, shift.Update, cancellationToken).ConfigureAwait(false);
        RequireServed(endpoint, shift.ServedEntityName, nameof(shift));

        // Fails before the first report and the first request if a setting cannot be sent again.
        Sendable(endpoint);
        return endpoint;
    }

    /// <exception cref="ArgumentException">The endpoint does not serve it.</exception>
    public static void RequireServed(ServingEndpoint endpoint, string servedEntityName, string parameter)
    {
        var names = (endpoint.Config?.ServedEntities ?? []).Select(entity => entity.NameOrDefault).ToArray();
        if (!names.Contains(servedEntityName))
        {
            throw new ArgumentException(
                $"Endpoint '{endpoint.Name}' serves no '{servedEntityName}'. It serves: {string.Join(", ", names)}. " +
                "Rollouts.AddServedEntityAsync adds one.",
                parameter);
        }
    }

    public Task RequireUnchangedAsync(ServingEndpoint known, string consequence, CancellationToken cancellationToken) =>
        updater.RequireUnchangedAsync(known, consequence, cancellationToken);

    public Task<ServingEndpoint> ShiftAsync(
        ServingEndpoint known, ServingEndpoint before, int percentage, CancellationToken cancellationToken)
    {
        var config = Sendable(before);
        return updater.ApplyAsync(
            known, config with { Traffic = TrafficMath.Give(config, shift.ServedEntityName, percentage) }, shift.Update.Wait,
            cancellationToken);
    }

    public Task<ServingEndpoint> RestoreAsync(ServingEndpoint known, ServingEndpoint before, CancellationToken cancellationToken) =>
        updater.ApplyAsync(known, Sendable(before), shift.Update.Wait, cancellationToken);

    public TrafficShiftStep Describe(ShiftState<ServingEndpoint> step) => new()
    {
        EndpointName = endpointName,
        ServedEntityName = shift.ServedEntityName,
        Phase = step.Phase,
        Number = step.Number,
        Count = step.Count,
        Percentage = step.Percentage,
        Endpoint = step.Current,
        Before = step.Before.Config!,
    };

    private EndpointConfig Sendable(ServingEndpoint before) =>
        ConfigFromEndpoint.Take(endpointName, before.Config, shift.Update.EntityOverrides);
}
