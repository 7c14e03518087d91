using Connectors.Databricks.Emulator.Apps;

namespace Connectors.Databricks.Emulator;

/// <summary>An agent on Databricks Apps, on a host of its own. Methods that queue apply to the next run that starts.</summary>
public sealed class EmulatedApp
{
    private readonly AppServer _server;

    internal EmulatedApp(AppServer server) => _server = server;

    /// <summary>Gets the name of the app.</summary>
    public string Name => _server.State.Name;

    /// <summary>Gets the address of the app.</summary>
    public Uri Url => _server.Url!;

    /// <summary>Gets the server that the agent runs on.</summary>
    public EmulatedAgentServer Server => _server.State.Server;

    /// <summary>Gets the requests that the app received, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _server.Watch.Requests;

    /// <summary>Gets the runs, in the order in which they were requested.</summary>
    public IReadOnlyList<EmulatedAppRun> Runs => [.. _server.State.Runs.Select(run => new EmulatedAppRun(run))];

    /// <summary>Waits for the next request.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        _server.Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Queues a run that responds with a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp Replies(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Queue(new AppScript { Text = text });
    }

    /// <summary>Queues a run whose server crashes: a second attempt repeats the work under a new conversation.</summary>
    /// <param name="afterEvents">How many events precede the crash.</param>
    /// <param name="text">The text of both attempts; null for an automatic one.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp Crashes(int afterEvents, string? text = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterEvents);
        return Queue(new AppScript { CrashesAfter = afterEvents, Text = text });
    }

    /// <summary>Queues a run that fails.</summary>
    /// <param name="code">The code, such as <c>task_timeout</c> or <c>MCP_USER_AUTH_RECOVERY_UNSUPPORTED</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="afterEvents">How many events precede the failure.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp Fails(string code = "task_failed", string message = "The agent raised an exception.", int afterEvents = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentOutOfRangeException.ThrowIfNegative(afterEvents);
        return Queue(new AppScript { Failure = new AppFailure(code, message, afterEvents) });
    }

    /// <summary>Pauses before each event of a run, on the clock of the emulator.</summary>
    /// <param name="interval">The pause; zero for none.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp PausesBetweenEvents(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        _server.State.EventInterval = interval;
        return this;
    }

    /// <summary>Holds the events of runs until <see cref="ReleaseEvents"/> is called.</summary>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp HoldsEvents()
    {
        _server.State.Gate.Hold();
        return this;
    }

    /// <summary>Releases events that <see cref="HoldsEvents"/> holds.</summary>
    /// <param name="count">How many; null for all, also of later runs.</param>
    public void ReleaseEvents(int? count = null) => _server.State.Gate.Release(count);

    /// <summary>Makes replays start before the requested event, so that clients receive some events twice.</summary>
    /// <param name="events">How many events before.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp OverlapsReplays(int events)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        _server.State.Overlap = events;
        return this;
    }

    /// <summary>
    /// Removes the database of a <see cref="EmulatedAgentServer.LongRunning"/> server: <c>background</c> is ignored, and runs cannot be
    /// retrieved.
    /// </summary>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp HasNoDatabase()
    {
        _server.State.HasDatabase = false;
        return this;
    }

    /// <summary>
    /// Makes a <see cref="EmulatedAgentServer.Invocations"/> server accept the session in the body, as older servers do; the newest one
    /// requires the header.
    /// </summary>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp AcceptsSessionInBody()
    {
        _server.State.TakesSessionFromBody = true;
        return this;
    }

    /// <summary>Redirects every request to the login page, as for a token that is not valid for the app.</summary>
    /// <param name="isRequired">Whether a login is required.</param>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp RequiresLogin(bool isRequired = true)
    {
        _server.State.RequiresLogin = isRequired;
        return this;
    }

    /// <summary>Rejects every caller with 403, as without CAN_USE on the app.</summary>
    /// <returns>The same app, for chaining.</returns>
    public EmulatedApp DeniesUse()
    {
        _server.State.DeniesUse = true;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Url}";

    private EmulatedApp Queue(AppScript script)
    {
        _server.State.Queue(script);
        return this;
    }
}
