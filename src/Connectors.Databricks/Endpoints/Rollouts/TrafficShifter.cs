namespace Connectors.Databricks.Endpoints.Rollouts;

/// <summary>Takes a rollout through its steps: update, wait, soak, check; and back when a step is refused.</summary>
internal sealed class TrafficShifter(DatabricksEndpointClient endpoints, string endpointName, TrafficShift shift, TimeProvider clock)
{
    public async Task<TrafficShiftResult> RunAsync(CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.CurrentAsync(endpointName, shift.Wait, cancellationToken).ConfigureAwait(false);
        RequireServed(endpoint, shift.ServedEntityName, nameof(shift));
        var before = endpoint.Config!;
        var config = ConfigFromEndpoint.Take(endpointName, before, shift.Entities);
        TrafficShiftStep? step = null;
        for (var i = 0; i < shift.Steps.Count; i++)
        {
            if (i > 0)
            {
                await RequireUntouchedAsync(endpoint, cancellationToken).ConfigureAwait(false);
            }

            step = new TrafficShiftStep(
                endpointName, shift.ServedEntityName, TrafficShiftPhase.Updating, i + 1, shift.Steps.Count, shift.Steps[i], endpoint, before);
            shift.Progress?.Report(step);
            var next = config with { Traffic = TrafficMath.Give(config, shift.ServedEntityName, shift.Steps[i]) };
            endpoint = await endpoints.ApplyAsync(endpointName, next, shift.Wait, cancellationToken).ConfigureAwait(false);
            step = step with { Endpoint = endpoint };
            if (!await IsGoodAsync(step, cancellationToken).ConfigureAwait(false))
            {
                endpoint = await TakeBackAsync(step, cancellationToken).ConfigureAwait(false);
                return new TrafficShiftResult(IsCompleted: false, step, endpoint, before);
            }
        }

        step = step! with { Phase = TrafficShiftPhase.Completed };
        shift.Progress?.Report(step);
        return new TrafficShiftResult(IsCompleted: true, step, endpoint, before);
    }

    /// <exception cref="ArgumentException">The endpoint does not serve it.</exception>
    public static void RequireServed(ServingEndpoint endpoint, string servedEntityName, string parameter)
    {
        var names = (endpoint.Config?.ServedEntities ?? []).Select(entity => entity.NameOrDefault).ToArray();
        if (!names.Contains(servedEntityName))
        {
            throw new ArgumentException(
                $"Endpoint '{endpoint.Name}' serves no '{servedEntityName}'. It serves: {string.Join(", ", names)}. " +
                "Endpoints.AddServedEntityAsync puts a model there.",
                parameter);
        }
    }

    private async Task<bool> IsGoodAsync(TrafficShiftStep step, CancellationToken cancellationToken)
    {
        if (shift.SoakTime > TimeSpan.Zero)
        {
            shift.Progress?.Report(step with { Phase = TrafficShiftPhase.Soaking });
            await Task.Delay(shift.SoakTime, clock, cancellationToken).ConfigureAwait(false);
        }

        if (shift.Check is not { } check)
        {
            return true;
        }

        step = step with { Phase = TrafficShiftPhase.Checking };
        shift.Progress?.Report(step);
        try
        {
            return await check(step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Nobody knows whether the step is good, so it is not; the caller hears of the check's own failure.
            await TakeBackAsync(step, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ServingEndpoint> TakeBackAsync(TrafficShiftStep step, CancellationToken cancellationToken)
    {
        shift.Progress?.Report(step with { Phase = TrafficShiftPhase.RollingBack });
        var endpoint = await endpoints.RollBackAsync(endpointName, step.Before, shift.Entities, shift.Wait, cancellationToken)
            .ConfigureAwait(false);
        shift.Progress?.Report(step with { Phase = TrafficShiftPhase.RolledBack, Endpoint = endpoint });
        return endpoint;
    }

    // Another update in between would be undone by the next step, for a step sends the whole configuration.
    private async Task RequireUntouchedAsync(ServingEndpoint known, CancellationToken cancellationToken)
    {
        var now = await endpoints.GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        if (now.IsUpdating || now.Config?.ConfigVersion != known.Config?.ConfigVersion)
        {
            throw new InvalidOperationException(
                $"Endpoint '{endpointName}' was changed by somebody else during the rollout (configuration {now.Config?.ConfigVersion}, and not " +
                $"{known.Config?.ConfigVersion}). The rollout stops where it stands: {known.Config?.Traffic}.");
        }
    }
}
