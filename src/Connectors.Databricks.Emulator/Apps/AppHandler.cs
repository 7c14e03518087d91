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
                await PlayAsync(run, EventsOf(run, script.Text).Take(crash)).ConfigureAwait(false);
                run.BeginAttempt();
                await PlayAsync(run, [ResumedEvent(run)]).ConfigureAwait(false);
            }

            if (script.Failure is AppFailure failure)
            {
                await PlayAsync(run, EventsOf(run, script.Text).Take(failure.AfterEvents)).ConfigureAwait(false);
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

    private async Task PlayAsync(AppRun run, IEnumerable<(string Type, JsonObject Json)> events)
    {
        foreach ((var type, var json) in events)
        {
            await app.Gate.PassAsync(stopping).ConfigureAwait(false);
            if (app.EventInterval > TimeSpan.Zero)
            {
                await Task.Delay(app.EventInterval, clock, stopping).ConfigureAwait(false);
            }

            run.Append(type, json);
        }
    }
}
