using System.Net;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>Starts the runs of one agent, one at a time in each session of a server that does not queue them.</summary>
/// <param name="context">The client.</param>
/// <param name="servers">The protocols.</param>
/// <param name="sessions">The sessions that have a run in progress.</param>
internal sealed class RunStarter(AgentContext context, AgentServers servers, SessionRuns sessions)
{
    public async Task<StartedRun> StartAsync(AppHost app, AgentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await servers.StartAsync(request, (server, prepared) => StartAsync(app, server, prepared, cancellationToken))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            AgentLog.RequestCanceled(context.Transport.Logger, context.Name);
            throw AgentExceptions.Canceled(context.Name, null, exception, cancellationToken);
        }
    }

    /// <summary>Sends the request of a run; its session is busy until the run has ended.</summary>
    private async Task<StartedRun> StartAsync(
        AppHost app, AgentServer server, AgentRequest request, CancellationToken cancellationToken)
    {
        using var body = server.Write(request);
        var call = server.Start(app, request, body);
        var session = server.QueuesSessions ? null : request.Session;
        await EnterAsync(app, server, request, session, cancellationToken).ConfigureAwait(false);
        var isBusy = false;
        try
        {
            var run = request.IsStream
                ? await OpenAsync(server, call, request, cancellationToken).ConfigureAwait(false)
                : new StartedRun(server, request)
                {
                    State = await GetStartedAsync(server, app, call, request, cancellationToken).ConfigureAwait(false),
                };
            isBusy = run.State?.Response is null;
            if (run.State is { Response: null } started)
            {
                sessions.Started(session, started.RunId!);
            }

            return run;
        }
        finally
        {
            if (!isBusy)
            {
                sessions.End(session);
            }
        }
    }

    /// <summary>Opens the stream of a run, which some servers replace by a document.</summary>
    private async Task<StartedRun> OpenAsync(
        AgentServer server, ServingCall call, AgentRequest request, CancellationToken cancellationToken)
    {
        var reply = await context.Transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
        if (!reply.IsDocument)
        {
            return new StartedRun(server, request) { Call = call, Reply = reply };
        }

        using (reply)
        {
            var state = await context.Transport.ReadDocumentAsync(
                call, reply, (call, server, request),
                static (document, state, stop) => state.server.Read(state.call, document, state.request, stop), cancellationToken)
                .ConfigureAwait(false);
            return new StartedRun(server, request) { State = state };
        }
    }

    /// <summary>Makes a session busy. A stored run of the session is looked up: it may have ended.</summary>
    /// <exception cref="InvalidOperationException">The session has a run in progress.</exception>
    private async Task EnterAsync(
        AppHost app, AgentServer server, AgentRequest request, string? session, CancellationToken cancellationToken)
    {
        while (!sessions.TryBegin(session, out var runId))
        {
            if (runId is null || await IsInProgressAsync(app, server, request, runId, cancellationToken).ConfigureAwait(false))
            {
                throw AgentExceptions.SessionBusy(context.Name, session!, runId);
            }

            sessions.End(session, runId);
        }
    }

    private async Task<bool> IsInProgressAsync(
        AppHost app, AgentServer server, AgentRequest request, string runId, CancellationToken cancellationToken)
    {
        try
        {
            var poll = server.Poll(app, new RunCursor(server.Protocol, runId));
            return (await GetAsync(server, poll, request, cancellationToken).ConfigureAwait(false)).Response is null;
        }
        catch (DatabricksServingException exception) when (
            exception.Kind == DatabricksServingErrorKind.AgentRunFailed || exception.Kind == DatabricksServingErrorKind.AgentRunNotFound)
        {
            return false;
        }
    }

    // The response of a failed run may have neither code nor message; the stored run has them.
    private async Task<RunState> GetStartedAsync(
        AgentServer server, AppHost app, ServingCall call, AgentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(server, call, request, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (
            exception.StatusCode == HttpStatusCode.InternalServerError && server.StoredRun(request) is not null)
        {
            var poll = server.Poll(app, new RunCursor(server.Protocol, server.StoredRun(request)!));
            try
            {
                await GetAsync(server, poll, request, cancellationToken).ConfigureAwait(false);
            }
            catch (DatabricksServingException stored) when (stored.Kind != DatabricksServingErrorKind.AgentRunFailed)
            {
                // The run is not stored.
            }

            throw;
        }
    }

    /// <summary>Sends a call, and reads the state of a run.</summary>
    public ValueTask<RunState> GetAsync(
        AgentServer server, ServingCall call, AgentRequest request, CancellationToken cancellationToken) =>
        context.Transport.GetDocumentAsync(
            call, (call, server, request),
            static (document, state, stop) => state.server.Read(state.call, document, state.request, stop), cancellationToken);
}
