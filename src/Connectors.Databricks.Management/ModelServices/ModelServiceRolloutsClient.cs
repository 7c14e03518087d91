using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management;

/// <summary>
/// Changes the destinations of a model service step by step: traffic, promotion and rollback. It comes from
/// <see cref="ModelServicesClient.Rollouts"/>, and is thread-safe.
/// </summary>
/// <remarks>
/// Each method reads the model service and replaces its destinations under the condition of its etag, so that no concurrent change is lost;
/// fallbacks, rate limits and the inference table stay as they are.
/// </remarks>
public class ModelServiceRolloutsClient
{
    private readonly DestinationUpdater? _updater;

    internal ModelServiceRolloutsClient(ModelServiceRequests requests) => _updater = new DestinationUpdater(requests);

    /// <summary>
    /// Initializes a new instance of the <see cref="ModelServiceRolloutsClient"/> class for mocks and decorators: every member that is
    /// called must be overridden.
    /// </summary>
    protected ModelServiceRolloutsClient()
    {
    }

    private DestinationUpdater Updater => _updater ?? throw new InvalidOperationException(
        "This ModelServiceRolloutsClient was created without a workspace, as mocks are. Override the member that was called.");

    /// <summary>Sets the traffic split of a model service; its destinations stay the same.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="traffic">
    /// The split by the names of destinations, such as <c>TrafficConfig.Split(("champion", 90), ("challenger", 10))</c>.
    /// </param>
    /// <param name="expectedEtag">The etag that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the requests, not an update that has begun.</param>
    /// <returns>The model service with the new split.</returns>
    /// <exception cref="ArgumentException">The percentages do not sum to 100, or there is no such destination.</exception>
    /// <exception cref="InvalidOperationException">The model service was changed concurrently.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ModelService> SetTrafficAsync(
        string serviceName, TrafficConfig traffic, string? expectedEtag = null, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentNullException.ThrowIfNull(traffic);
        TrafficRules.Check(traffic, nameof(traffic));
        var before = await Updater.CurrentAsync(name, expectedEtag, cancellationToken).ConfigureAwait(false);
        foreach (var route in traffic.Routes)
        {
            DestinationTraffic.RequireDestination(before, route.ServedEntityName, nameof(traffic));
        }

        var destinations = DestinationTraffic.With(
            before.Destinations, traffic.Routes.Select(route => (route.ServedEntityName, route.Percentage)));
        return await Updater.ApplyAsync(before, destinations, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a destination. It receives no traffic until it is shifted there, unless you give a percentage.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="percentage">Its share of the traffic; the shares of the others are reduced in proportion.</param>
    /// <param name="expectedEtag">The etag that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the requests, not an update that has begun.</param>
    /// <returns>The model service with the destination.</returns>
    /// <exception cref="ArgumentException">The destination or the percentage is invalid, or the name is in use.</exception>
    /// <exception cref="InvalidOperationException">The model service was changed concurrently.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ModelService> AddDestinationAsync(
        string serviceName, ModelServiceDestination destination, int percentage = 0, string? expectedEtag = null,
        CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(percentage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentage, 100);
        if (string.IsNullOrWhiteSpace(destination.Name))
        {
            throw new ArgumentException("The destination has no Name. Set one: traffic is shifted by it.", nameof(destination));
        }

        var before = await Updater.CurrentAsync(name, expectedEtag, cancellationToken).ConfigureAwait(false);
        var shares = DestinationTraffic.SharesOf(before);
        if (shares.Any(share => share.Name == destination.Name))
        {
            throw new ArgumentException(
                $"Model service '{name}' has a destination '{destination.Name}' already. Set another Name.", nameof(destination));
        }

        var destinations = DestinationTraffic.With(
            [.. before.Destinations, destination],
            TrafficMath.Give([.. shares, (destination.Name, 0)], destination.Name, percentage, "destination"));
        return await Updater.ApplyAsync(before, destinations, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shifts traffic to a destination in steps, with a check after each; a failed check rolls everything back.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="shift">The destination, the steps and the check.</param>
    /// <param name="cancellationToken">
    /// Stops the rollout in its current state; <see cref="RollBackAsync"/> with <see cref="ModelServiceTrafficShiftStep.Before"/> reverts
    /// it.
    /// </param>
    /// <returns>Whether every step was taken, and the model service as it is now.</returns>
    /// <exception cref="ArgumentException">The shift is invalid, or the destination does not exist.</exception>
    /// <exception cref="InvalidOperationException">The model service was changed concurrently; the message has the details.</exception>
    /// <exception cref="DatabricksServingException">
    /// A request failed. The traffic is split as by the last step that succeeded.
    /// </exception>
    public virtual async Task<ModelServiceTrafficShiftResult> ShiftTrafficAsync(
        string serviceName, ModelServiceTrafficShift shift, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentNullException.ThrowIfNull(shift);
        var plan = shift.PlanValidated(nameof(shift));
        var traffic = new ModelServiceTraffic(Updater, name, shift);
        var (isCompleted, last, service) = await new TrafficShifter<ModelService, ModelServiceTrafficShiftStep>(
            traffic, plan, traffic.Describe).RunAsync(cancellationToken).ConfigureAwait(false);
        return new ModelServiceTrafficShiftResult
        {
            IsCompleted = isCompleted,
            Step = traffic.Describe(last),
            Service = service,
            Before = last.Before,
        };
    }

    /// <summary>Routes all traffic to one destination and removes the others: the end of a rollout. Fallbacks stay.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="destinationName">The destination that stays.</param>
    /// <param name="expectedEtag">The etag that the service must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the requests, not an update that has begun.</param>
    /// <returns>The model service with this destination.</returns>
    /// <exception cref="ArgumentException">There is no such destination; the message lists them.</exception>
    /// <exception cref="InvalidOperationException">The model service was changed concurrently.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ModelService> PromoteAsync(
        string serviceName, string destinationName, string? expectedEtag = null, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentException.ThrowIfNullOrWhiteSpace(destinationName);
        var before = await Updater.CurrentAsync(name, expectedEtag, cancellationToken).ConfigureAwait(false);
        DestinationTraffic.RequireDestination(before, destinationName, nameof(destinationName));
        var destination = before.Destinations.Single(one => one.Name == destinationName) with { TrafficPercentage = 100 };
        return await Updater.ApplyAsync(before, [destination], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores earlier destinations and their traffic.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="before">
    /// The model service as it was read before a change, or <see cref="ModelServiceTrafficShiftStep.Before"/>.
    /// </param>
    /// <param name="expectedEtag">The etag that the service must have now; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Cancels the requests, not an update that has begun.</param>
    /// <returns>The model service with the earlier destinations.</returns>
    /// <exception cref="ArgumentException">A name is invalid.</exception>
    /// <exception cref="InvalidOperationException">The model service was changed concurrently.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<ModelService> RollBackAsync(
        string serviceName, ModelService before, string? expectedEtag = null, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentNullException.ThrowIfNull(before);
        ModelServiceRules.CheckDestinations(before.Destinations, nameof(before));
        var current = await Updater.CurrentAsync(name, expectedEtag, cancellationToken).ConfigureAwait(false);
        return await Updater.ApplyAsync(current, before.Destinations, cancellationToken).ConfigureAwait(false);
    }
}
