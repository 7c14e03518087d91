using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Management.Rollouts;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

/// <summary>
/// Changes the configuration of an endpoint in steps: traffic, served entities, promotion and rollback. Returned by <see
/// cref="DatabricksManagementClient.Rollouts"/>. Thread-safe.
/// </summary>
/// <remarks>
/// The service has no partial update: each method reads the configuration, changes a part of it and sends all of it, so settings that the
/// service does not return must be set in <see cref="EndpointUpdateOptions.EntityOverrides"/>.
/// </remarks>
public class EndpointRolloutsClient
{
    private readonly ConfigUpdater? _updater;

    internal EndpointRolloutsClient(EndpointRequests requests) => _updater = new ConfigUpdater(requests);

    /// <summary>
    /// Initializes a new instance of the <see cref="EndpointRolloutsClient"/> class for mocks and decorators: every member that is called
    /// must be overridden.
    /// </summary>
    protected EndpointRolloutsClient()
    {
    }

    private ConfigUpdater Updater => _updater ?? throw new InvalidOperationException(
        "This EndpointRolloutsClient was created without a workspace, as mocks are. Override the member that was called.");

    /// <summary>Sets the traffic split of an endpoint; its served entities stay the same.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="traffic">The split, such as <c>TrafficConfig.Split(("champion", 90), ("challenger", 10))</c>.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint with the new traffic split.</returns>
    /// <exception cref="ArgumentException">The percentages do not sum to 100, or a route leads to an entity that is not served.</exception>
    /// <exception cref="InvalidOperationException">The service does not return a setting that must be sent again; the message names
    /// it.</exception>
    /// <exception cref="DatabricksServingException">A request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> SetTrafficAsync(
        string endpointName, TrafficConfig traffic, EndpointUpdateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        TrafficRules.Check(traffic, nameof(traffic));
        options = (options ?? new()).CopyValidated(nameof(options));
        var before = await Updater.CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        var config = ConfigFromEndpoint.Take(endpointName, before.Config, options.EntityOverrides);
        return await Updater.ApplyAsync(before, config with { Traffic = traffic }, options.Wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds a served entity to an endpoint. It receives no traffic until traffic is shifted to it, unless a percentage is specified.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="entity">The served entity, with a <see cref="ServedEntity.Name"/>.</param>
    /// <param name="percentage">The percentage of traffic for it; the percentages of the others are reduced in proportion.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint with the added served entity.</returns>
    /// <exception cref="ArgumentException">The entity or the percentage is invalid, or the name is in use.</exception>
    /// <exception cref="InvalidOperationException">The service does not return a setting that must be sent again; the message names
    /// it.</exception>
    /// <exception cref="DatabricksServingException">A request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> AddServedEntityAsync(
        string endpointName,
        ServedEntity entity,
        int percentage = 0,
        EndpointUpdateOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentOutOfRangeException.ThrowIfNegative(percentage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentage, 100);
        var name = entity.NameOrDefault
            ?? throw new ArgumentException("The served entity has no Name. Set one: traffic routes use it.", nameof(entity));
        options = (options ?? new()).CopyValidated(nameof(options));
        var before = await Updater.CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        var config = ConfigFromEndpoint.Take(endpointName, before.Config, options.EntityOverrides);
        if (config.ServedEntities.Any(other => other.Name == name))
        {
            throw new ArgumentException($"Endpoint '{endpointName}' serves a '{name}' already. Set another Name.", nameof(entity));
        }

        config = config with { ServedEntities = [.. config.ServedEntities, entity with { Name = name }] };
        config = config with { Traffic = TrafficMath.Give(config, name, percentage) };
        return await Updater.ApplyAsync(before, config, options.Wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shifts traffic to a served entity in steps, with a check after each; a failed check rolls everything back.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="shift">The served entity, the steps and the check.</param>
    /// <param name="cancellationToken">
    /// Stops the rollout in its current state; <see cref="RollBackAsync"/> with <see cref="TrafficShiftStep.Before"/> reverts it.
    /// </param>
    /// <returns>The result: whether every step was completed, and the current endpoint.</returns>
    /// <exception cref="ArgumentException">The shift is invalid, or the served entity does not exist.</exception>
    /// <exception cref="InvalidOperationException">
    /// The service does not return a setting that must be sent again, or the endpoint was changed concurrently; the message names it.
    /// </exception>
    /// <exception cref="DatabricksServingException">
    /// A request, an update or a wait failed. The traffic is split as by the last step that succeeded.
    /// </exception>
    public virtual async Task<TrafficShiftResult> ShiftTrafficAsync(
        string endpointName, TrafficShift shift, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shift);
        var plan = shift.PlanValidated(nameof(shift));
        var traffic = new EndpointTraffic(Updater, endpointName, shift);
        var (isCompleted, last, endpoint) = await new TrafficShifter<ServingEndpoint, TrafficShiftStep>(traffic, plan, traffic.Describe)
            .RunAsync(cancellationToken).ConfigureAwait(false);
        return new TrafficShiftResult
        {
            IsCompleted = isCompleted,
            Step = traffic.Describe(last),
            Endpoint = endpoint,
            Before = last.Before.Config!,
        };
    }

    /// <summary>Routes all traffic to one served entity and removes the others: the end of a rollout.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The served entity that stays.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint with one served entity.</returns>
    /// <exception cref="ArgumentException">The endpoint does not serve it; the message lists the served entities.</exception>
    /// <exception cref="InvalidOperationException">The service does not return a setting that must be sent again; the message names
    /// it.</exception>
    /// <exception cref="DatabricksServingException">A request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> PromoteAsync(
        string endpointName, string servedEntityName, EndpointUpdateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servedEntityName);
        options = (options ?? new()).CopyValidated(nameof(options));
        var before = await Updater.CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        EndpointTraffic.RequireServed(before, servedEntityName, nameof(servedEntityName));
        var winner = before.Config! with
        {
            ServedEntities = [.. before.Config.ServedEntities.Where(entity => entity.NameOrDefault == servedEntityName)],
        };
        var config = ConfigFromEndpoint.Take(
            endpointName, winner, [.. options.EntityOverrides.Where(entity => entity.NameOrDefault == servedEntityName)]);
        return await Updater.ApplyAsync(
            before, config with { Traffic = TrafficConfig.All(servedEntityName) }, options.Wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores an earlier configuration.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="before">
    /// The earlier configuration: <see cref="ServingEndpoint.Config"/>, read before a change, or <see cref="TrafficShiftStep.Before"/>.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has begun.</param>
    /// <returns>The endpoint with the earlier configuration.</returns>
    /// <exception cref="ArgumentException">A name or an option is invalid.</exception>
    /// <exception cref="InvalidOperationException">The service does not return a setting that must be sent again; the message names
    /// it.</exception>
    /// <exception cref="DatabricksServingException">A request, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> RollBackAsync(
        string endpointName, EndpointConfig before, EndpointUpdateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        EndpointPath.Require(endpointName);
        options = (options ?? new()).CopyValidated(nameof(options));
        var config = ConfigFromEndpoint.Take(endpointName, before, options.EntityOverrides);
        var current = await Updater.CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        return await Updater.ApplyAsync(current, config, options.Wait, cancellationToken).ConfigureAwait(false);
    }
}
