namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Runs the steps of a rollout: update, wait, soak, check; rolls back when a check fails.</summary>
internal sealed class TrafficShifter(ConfigUpdater updater, string endpointName, TrafficShift shift)
{
    public async Task<TrafficShiftResult> RunAsync(CancellationToken cancellationToken)
    {
        var endpoint = await updater.CurrentAsync(endpointName, shift.Update, cancellationToken).ConfigureAwait(false);
        RequireServed(endpoint, shift.ServedEntityName, nameof(shift));
        var before = endpoint.Config!;
        var config = ConfigFromEndpoint.Take(endpointName, before, shift.Update.EntityOverrides);
        TrafficShiftStep? step = null;
        for (var i = 0; i < shift.Steps.Count; i++)
        {
            if (i > 0)
            {
                await updater.RequireUnchangedAsync(endpoint, "The rollout stopped", cancellationToken).ConfigureAwait(false);
            }

            step = new TrafficShiftStep
            {
                EndpointName = endpointName,
                ServedEntityName = shift.ServedEntityName,
                Phase = TrafficShiftPhase.Updating,
                Number = i + 1,
                Count = shift.Steps.Count,
                Percentage = shift.Steps[i],
                Endpoint = endpoint,
                Before = before,
            };
            shift.Progress?.Report(step);
            var next = config with { Traffic = TrafficMath.Give(config, shift.ServedEntityName, shift.Steps[i]) };
            endpoint = await updater.ApplyAsync(endpoint, next, shift.Update.Wait, cancellationToken).ConfigureAwait(false);
            step = step.With(endpoint: endpoint);
            if (!await IsGoodAsync(step, cancellationToken).ConfigureAwait(false))
            {
                endpoint = await TakeBackAsync(step, cancellationToken).ConfigureAwait(false);
                return Result(isCompleted: false, step, endpoint);
            }
        }

        step = step!.With(phase: TrafficShiftPhase.Completed);
        shift.Progress?.Report(step);
        return Result(isCompleted: true, step, endpoint);
    }

    private static TrafficShiftResult Result(bool isCompleted, TrafficShiftStep step, ServingEndpoint endpoint) =>
        new() { IsCompleted = isCompleted, Step = step, Endpoint = endpoint, Before = step.Before };

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

    private async Task<bool> IsGoodAsync(TrafficShiftStep step, CancellationToken cancellationToken)
    {
        if (shift.SoakTime > TimeSpan.Zero)
        {
            shift.Progress?.Report(step.With(phase: TrafficShiftPhase.Soaking));
            await Task.Delay(shift.SoakTime, updater.Clock, cancellationToken).ConfigureAwait(false);
        }

        if (shift.Check is not { } check)
        {
            return true;
        }

        step = step.With(phase: TrafficShiftPhase.Checking);
        shift.Progress?.Report(step);
        try
        {
            return await check(step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Without a result the step counts as failed; the caller gets the exception of the check.
            await TakeBackAfterAsync(exception, step, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task TakeBackAfterAsync(Exception failure, TrafficShiftStep step, CancellationToken cancellationToken)
    {
        try
        {
            await TakeBackAsync(step, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message} The check failed: {failure.Message}", failure);
        }
    }

    private async Task<ServingEndpoint> TakeBackAsync(TrafficShiftStep step, CancellationToken cancellationToken)
    {
        shift.Progress?.Report(step.With(phase: TrafficShiftPhase.RollingBack));
        var config = ConfigFromEndpoint.Take(endpointName, step.Before, shift.Update.EntityOverrides);
        await updater.RequireUnchangedAsync(step.Endpoint, "It was not rolled back", cancellationToken).ConfigureAwait(false);
        var endpoint = await updater.ApplyAsync(step.Endpoint, config, shift.Update.Wait, cancellationToken).ConfigureAwait(false);
        shift.Progress?.Report(step.With(phase: TrafficShiftPhase.RolledBack, endpoint: endpoint));
        return endpoint;
    }
}
