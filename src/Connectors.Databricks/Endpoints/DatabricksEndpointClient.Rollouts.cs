namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    /// <summary>Shares the calls of an endpoint out anew; what it serves stays as it is.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="traffic">The shares, such as <c>TrafficConfig.Split(("champion", 90), ("challenger", 10))</c>.</param>
    /// <param name="entities">
    /// Served entities to send in place of those that are read, by name: for secrets that were given as text. <see langword="null"/> for none.
    /// </param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, with its calls shared out so.</returns>
    /// <exception cref="ArgumentException">The percentages do not make 100, or lead to what is not served.</exception>
    /// <exception cref="InvalidOperationException">The service does not tell all that must be sent again; the message names it.</exception>
    /// <exception cref="DatabricksServingException">A call, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> SetTrafficAsync(
        string endpointName,
        TrafficConfig traffic,
        IReadOnlyList<ServedEntity>? entities = null,
        EndpointWaitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        Outbound.TrafficRules.Check(traffic, nameof(traffic));
        options?.Validated(nameof(options));
        var before = await CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        var config = Rollouts.ConfigFromEndpoint.Take(endpointName, before.Config, entities ?? []);
        return await ApplyAsync(endpointName, config with { Traffic = traffic }, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts another model behind an endpoint. It gets no calls until traffic is shifted to it, unless you say otherwise.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="entity">The model, with a <see cref="ServedEntity.Name"/>.</param>
    /// <param name="percentage">Its share of the calls; the others give, in proportion.</param>
    /// <param name="entities">Served entities to send in place of those that are read, by name. <see langword="null"/> for none.</param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, which serves it as well.</returns>
    /// <exception cref="ArgumentException">The entity or the percentage makes no sense, or the name is taken.</exception>
    /// <exception cref="InvalidOperationException">The service does not tell all that must be sent again; the message names it.</exception>
    /// <exception cref="DatabricksServingException">A call, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> AddServedEntityAsync(
        string endpointName,
        ServedEntity entity,
        int percentage = 0,
        IReadOnlyList<ServedEntity>? entities = null,
        EndpointWaitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentOutOfRangeException.ThrowIfNegative(percentage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentage, 100);
        var name = entity.NameOrDefault ?? throw new ArgumentException("The served entity has no Name. Set one, for traffic goes by it.", nameof(entity));
        options?.Validated(nameof(options));
        var before = await CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        var config = Rollouts.ConfigFromEndpoint.Take(endpointName, before.Config, entities ?? []);
        if (config.ServedEntities.Any(other => other.Name == name))
        {
            throw new ArgumentException($"Endpoint '{endpointName}' serves a '{name}' already. Set another Name.", nameof(entity));
        }

        config = config with { ServedEntities = [.. config.ServedEntities, entity with { Name = name }] };
        config = config with { Traffic = Rollouts.TrafficMath.Give(config, name, percentage) };
        return await ApplyAsync(endpointName, config, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shifts calls to a served entity in steps, with a check of yours after each; a refused step takes everything back.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="shift">To which served entity, in which steps, and who judges.</param>
    /// <param name="cancellationToken">
    /// Stops the rollout where it stands; <see cref="RollBackAsync"/> with <see cref="TrafficShiftStep.Before"/> takes it back.
    /// </param>
    /// <returns>Whether every step was taken, and the endpoint as it is now.</returns>
    /// <exception cref="ArgumentException">The shift makes no sense, or the served entity is not there.</exception>
    /// <exception cref="InvalidOperationException">
    /// The service does not tell all that must be sent again, or somebody else changed the endpoint meanwhile; the message says which.
    /// </exception>
    /// <exception cref="DatabricksServingException">
    /// A call, an update or a wait failed. Calls go where the last step that succeeded sent them.
    /// </exception>
    public virtual async Task<TrafficShiftResult> ShiftTrafficAsync(
        string endpointName, TrafficShift shift, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shift);
        shift.Validate(nameof(shift));
        return await new Rollouts.TrafficShifter(this, endpointName, shift, Clock).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives all calls to one served entity and takes the others out of the endpoint: the end of a rollout.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="servedEntityName">The served entity that stays.</param>
    /// <param name="entities">Served entities to send in place of those that are read, by name. <see langword="null"/> for none.</param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, which serves nothing else.</returns>
    /// <exception cref="ArgumentException">The endpoint does not serve it; the message says what it serves.</exception>
    /// <exception cref="InvalidOperationException">The service does not tell all that must be sent again; the message names it.</exception>
    /// <exception cref="DatabricksServingException">A call, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> PromoteAsync(
        string endpointName,
        string servedEntityName,
        IReadOnlyList<ServedEntity>? entities = null,
        EndpointWaitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servedEntityName);
        options?.Validated(nameof(options));
        var before = await CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        Rollouts.TrafficShifter.RequireServed(before, servedEntityName, nameof(servedEntityName));
        var winner = before.Config! with
        {
            ServedEntities = [.. before.Config.ServedEntities.Where(entity => entity.NameOrDefault == servedEntityName)],
        };
        var config = Rollouts.ConfigFromEndpoint.Take(
            endpointName, winner, [.. (entities ?? []).Where(entity => entity.NameOrDefault == servedEntityName)]);
        return await ApplyAsync(
            endpointName, config with { Traffic = TrafficConfig.All(servedEntityName) }, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts an earlier configuration back in place.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="before">
    /// What it served: <see cref="ServingEndpoint.Config"/>, read before a change, or <see cref="TrafficShiftStep.Before"/>.
    /// </param>
    /// <param name="entities">Served entities to send in place of those in it, by name. <see langword="null"/> for none.</param>
    /// <param name="options">How to wait; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Ends the wait, and not what has begun.</param>
    /// <returns>The endpoint, which serves what it served then.</returns>
    /// <exception cref="ArgumentException">A name or an option makes no sense.</exception>
    /// <exception cref="InvalidOperationException">The service does not tell all that must be sent again; the message names it.</exception>
    /// <exception cref="DatabricksServingException">A call, the update or the wait failed.</exception>
    public virtual async Task<ServingEndpoint> RollBackAsync(
        string endpointName,
        EndpointConfig before,
        IReadOnlyList<ServedEntity>? entities = null,
        EndpointWaitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        options?.Validated(nameof(options));
        var config = Rollouts.ConfigFromEndpoint.Take(endpointName, before, entities ?? []);
        await CurrentAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(endpointName, config, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The endpoint as it is once no update is under way: another one would be refused.</summary>
    internal async Task<ServingEndpoint> CurrentAsync(
        string endpointName, EndpointWaitOptions? options, CancellationToken cancellationToken)
    {
        var endpoint = await GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return endpoint.IsUpdating ? await WaitUntilReadyAsync(endpointName, options, cancellationToken).ConfigureAwait(false) : endpoint;
    }

    /// <summary>Updates, waits, and makes sure that the calls go where they were sent.</summary>
    internal async Task<ServingEndpoint> ApplyAsync(
        string endpointName, EndpointConfig config, EndpointWaitOptions? options, CancellationToken cancellationToken)
    {
        var isInUnits = config.ServedEntities.All(entity => entity.ProvisionedModelUnits is not null);
        await (isInUnits
            ? UpdateProvisionedThroughputAsync(endpointName, config, cancellationToken)
            : UpdateConfigAsync(endpointName, config, cancellationToken)).ConfigureAwait(false);
        var endpoint = await WaitUntilReadyAsync(endpointName, options, cancellationToken).ConfigureAwait(false);
        return Rollouts.TrafficMath.AreAlike(config.Traffic, endpoint.Config?.Traffic)
            ? endpoint
            : throw new InvalidOperationException(
                $"Endpoint '{endpointName}' shares its calls out as {endpoint.Config?.Traffic}, and not as {config.Traffic}, although the update " +
                "ended well: somebody else has changed it meanwhile. Look at it before you go on.");
    }
}
