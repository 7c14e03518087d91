namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Runs the steps of a rollout: update, wait, soak, check; rolls back when a check fails.</summary>
/// <typeparam name="TState">The document of the endpoint or the model service.</typeparam>
/// <typeparam name="TStep">The public type of a step.</typeparam>
internal sealed class TrafficShifter<TState, TStep>(
    ITrafficTarget<TState> target, ShiftPlan<TStep> plan, Func<ShiftState<TState>, TStep> describe)
{
    /// <returns>Whether every step was taken, the last step, and the document as it is now.</returns>
    public async Task<(bool IsCompleted, ShiftState<TState> Last, TState Current)> RunAsync(CancellationToken cancellationToken)
    {
        var before = await target.StartAsync(cancellationToken).ConfigureAwait(false);
        var step = new ShiftState<TState>(TrafficShiftPhase.Updating, 0, plan.Steps.Count, 0, before, before);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (i > 0)
            {
                await target.RequireUnchangedAsync(step.Current, "The rollout stopped", cancellationToken).ConfigureAwait(false);
            }

            step = step with { Number = i + 1, Percentage = plan.Steps[i] };
            Report(step);
            step = step with
            {
                Current = await target.ShiftAsync(step.Current, before, plan.Steps[i], cancellationToken).ConfigureAwait(false),
            };
            if (!await IsGoodAsync(step, cancellationToken).ConfigureAwait(false))
            {
                return (false, step, await TakeBackAsync(step, cancellationToken).ConfigureAwait(false));
            }
        }

        step = step with { Phase = TrafficShiftPhase.Completed };
        Report(step);
        return (true, step, step.Current);
    }

    private async Task<bool> IsGoodAsync(ShiftState<TState> step, CancellationToken cancellationToken)
    {
        if (plan.SoakTime > TimeSpan.Zero)
        {
            Report(step with { Phase = TrafficShiftPhase.Soaking });
            await Task.Delay(plan.SoakTime, target.Clock, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Check is not { } check)
        {
            return true;
        }

        var checking = describe(step with { Phase = TrafficShiftPhase.Checking });
        plan.Progress?.Report(checking);
        try
        {
            return await check(checking, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Without a result the step counts as failed; the caller gets the exception of the check.
            await TakeBackAfterAsync(exception, step, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task TakeBackAfterAsync(Exception failure, ShiftState<TState> step, CancellationToken cancellationToken)
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

    private async Task<TState> TakeBackAsync(ShiftState<TState> step, CancellationToken cancellationToken)
    {
        Report(step with { Phase = TrafficShiftPhase.RollingBack });
        await target.RequireUnchangedAsync(step.Current, "It was not rolled back", cancellationToken).ConfigureAwait(false);
        var current = await target.RestoreAsync(step.Current, step.Before, cancellationToken).ConfigureAwait(false);
        Report(step with { Phase = TrafficShiftPhase.RolledBack, Current = current });
        return current;
    }

    private void Report(ShiftState<TState> step) => plan.Progress?.Report(describe(step));
}
