using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>
/// One protocol of agents on Databricks Apps. Runs produce their events on the emulator's clock, whether a client listens or not; after a
/// crash, a second attempt repeats the work, and its events follow those of the first.
/// </summary>
internal abstract class AppHandler(AppState app, TimeProvider clock, CancellationToken stopping)
{
    protected AppState App => app;

    protected TimeProvider Clock => clock;

    public abstract Task HandleAsync(AppCall call);

    /// <summary>The events of one attempt.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">The text of the response; null for an automatic one.</param>
    protected abstract IEnumerable<(string Type, JsonObject Json)> EventsOf(AppRun run, string? text);

    /// <summary>The event that announces a further attempt.</summary>
    protected abstract (string Type, JsonObject Json) ResumedEvent(AppRun run);

    protected abstract (string Type, JsonObject Json) FailedEvent(AppRun run, AppFailure failure);

    /// <summary>
    /// What a run stores of an attempt that went through: every event as it happens, unless the server stores something else at the end.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="events">The events of the attempt.</param>
    /// <returns>What is stored at the end; null when each event is stored as it happens.</returns>
    protected virtual IEnumerable<(string Type, JsonObject Json)>? StoredAtTheEnd(
        AppRun run, IEnumerable<(string Type, JsonObject Json)> events) => null;

    /// <summary>The output of a run that is about to complete.</summary>
    protected abstract JsonNode? OutputOf(AppRun run);

    protected void Start(AppRun run) => _ = RunAsync(run, app.NextScript());

    private async Task RunAsync(AppRun run, AppScript script)
    {
        try
        {
            if (run.SessionId is not null && app.Predecessor(run) is AppRun earlier)
            {
                await earlier.WaitForEndAsync(stopping).ConfigureAwait(false);
            }

            run.Start();
            if (script.CrashesAfter is int crash)
            {
                await PlayAsync(run, EventsOf(run, script.Text), crash).ConfigureAwait(false);
                run.BeginAttempt();
                await PlayAsync(run, [ResumedEvent(run)]).ConfigureAwait(false);
            }

            if (script.Failure is AppFailure failure)
            {
                await PlayAsync(run, EventsOf(run, script.Text), failure.AfterEvents).ConfigureAwait(false);
                (var type, var json) = FailedEvent(run, failure);
                run.Append(type, json);
                run.Fail(failure);
                return;
            }

            await PlayAsync(run, EventsOf(run, script.Text)).ConfigureAwait(false);
            run.Complete(OutputOf(run));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The emulator is disposed.
        }
    }

    /// <param name="run">The run.</param>
    /// <param name="events">The events of the attempt.</param>
    /// <param name="stopsAfter">After how many events the attempt ends early; null for a whole one.</param>
    private async Task PlayAsync(AppRun run, IEnumerable<(string Type, JsonObject Json)> events, int? stopsAfter = null)
    {
        IReadOnlyList<(string Type, JsonObject Json)> all = [.. events];
        var later = StoredAtTheEnd(run, all);
        foreach ((var type, var json) in all.Take(stopsAfter ?? all.Count))
        {
            await app.Gate.PassAsync(stopping).ConfigureAwait(false);
            if (app.EventInterval > TimeSpan.Zero)
            {
                await Task.Delay(app.EventInterval, clock, stopping).ConfigureAwait(false);
            }

            if (later is null)
            {
                run.Append(type, json);
            }
        }

        foreach ((var type, var json) in stopsAfter is null ? later ?? [] : [])
        {
            run.Append(type, json);
        }
    }
}
