using System.Net;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents;

/// <summary>
/// The runs of one agent: in the foreground, and in the background with tokens that a later call, or another process, continues with.
/// </summary>
/// <param name="context">The client.</param>
/// <param name="locator">Finds the host of the app.</param>
internal sealed class AgentRuns(AgentContext context, AppLocator locator)
{
    private readonly AgentServers _servers = new(context);
    private readonly SessionRuns _sessions = new();

    /// <summary>Whether the server has no database, so that background requests are not streamed.</summary>
    private volatile bool _ignoresBackground;

    public async Task<ChatResponse> RunAsync(AgentRequest request, CancellationToken cancellationToken)
    {
        var app = await locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var (server, prepared, state) = await StartAsync(app, request, cancellationToken).ConfigureAwait(false);
        return ToResponse(server, state, prepared);
    }

    public async Task<ChatResponse> PollAsync(AgentRequest request, RunCursor cursor, CancellationToken cancellationToken)
    {
        var app = await locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var server = _servers.Of(cursor.Protocol);
        var state = await GetAsync(server, server.Poll(app, cursor), request, cancellationToken).ConfigureAwait(false);
        if (state.Response is not null)
        {
            _sessions.End(request.Session, cursor.RunId);
        }

        if (state is { Response: not null, Attempts: > 1 })
        {
            // The document has the output of every attempt; the events show where the last one begins, and its conversation.
            return await LastAttempt.ReadAsync(
                new RunFollower(context, server, app, request).ContinueAsync(cursor with { Events = 0, Updates = 0 }, cancellationToken))
                .ConfigureAwait(false);
        }

        return ToResponse(server, state with { RunId = state.RunId ?? cursor.RunId }, request);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var updates = request.IsBackground && !_ignoresBackground
            ? StreamRunAsync(app, request, cancellationToken)
            : StreamForegroundAsync(app, request, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            yield return update;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> ContinueAsync(
        AgentRequest request, RunCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await locator.GetAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var update in FollowAsync(app, _servers.Of(cursor.Protocol), request, cursor, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return update;
        }
    }

    // Two requests: a stream that broke before its first event would leave a run whose id is unknown.
    private async IAsyncEnumerable<ChatResponseUpdate> StreamRunAsync(
        AppHost app, AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (server, prepared, state) = await StartAsync(app, request.AsDocument(), cancellationToken).ConfigureAwait(false);
        if (state.Response is not null)
        {
            foreach (var update in ToResponse(server, state, prepared).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        await foreach (var update in FollowAsync(app, server, prepared, CursorOf(server, state, prepared), cancellationToken)
            .ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> FollowAsync(
        AppHost app, AgentServer server, AgentRequest request, RunCursor cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follower = new RunFollower(context, server, app, request);
        await foreach (var update in follower.ContinueAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }

        _sessions.End(request.Session, cursor.RunId);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamForegroundAsync(
        AppHost app, AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (server, prepared, call, reply) = await OpenAsync(app, request, cancellationToken).ConfigureAwait(false);
        using var session = _sessions.Hold(server.QueuesSessions ? null : prepared.Session);
        if (!reply.IsDocument)
        {
            await foreach (var update in new RunFollower(context, server, app, prepared).ReadAsync(call, reply, cancellationToken)
                .ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        using (reply)
        {
            var state = await context.Transport.ReadDocumentAsync(
                call, reply, (call, server, prepared),
                static (document, state, stop) => state.server.Read(state.call, document, state.prepared, stop), cancellationToken)
                .ConfigureAwait(false);
            foreach (var update in ToResponse(server, state, prepared).ToChatResponseUpdates())
            {
                yield return update;
            }
        }
    }

    private Task<(AgentServer Server, AgentRequest Request, RunState State)> StartAsync(
        AppHost app, AgentRequest request, CancellationToken cancellationToken) =>
        BeginAsync<(AgentServer Server, AgentRequest Request, RunState State)>(
            app, request,
            async (server, prepared, call) =>
            {
                var state = await GetStartedAsync(server, app, call, prepared, cancellationToken).ConfigureAwait(false);
                _ignoresBackground = prepared.IsBackground && state.Response is not null;
                if (state.Response is null && !server.QueuesSessions)
                {
                    _sessions.Started(prepared.Session, state.RunId!);
                }

                return (server, prepared, state);
            },
            isHeld: static result => result.State.Response is null,
            cancellationToken);

    private Task<(AgentServer Server, AgentRequest Request, ServingCall Call, ServingReply Reply)> OpenAsync(
        AppHost app, AgentRequest request, CancellationToken cancellationToken) =>
        BeginAsync(
            app, request,
            async (server, prepared, call) =>
                (server, prepared, call, await context.Transport.OpenAsync(call, cancellationToken).ConfigureAwait(false)),
            isHeld: static _ => true,
            cancellationToken);

    /// <summary>Sends the request of a run; its session is busy until the run has ended.</summary>
    private async Task<T> BeginAsync<T>(
        AppHost app, AgentRequest request, Func<AgentServer, AgentRequest, ServingCall, Task<T>> send, Func<T, bool> isHeld,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _servers.StartAsync(
                request,
                async (server, prepared) =>
                {
                    using var body = server.Write(prepared);
                    var call = server.Start(app, prepared, body);
                    var session = server.QueuesSessions ? null : prepared.Session;
                    await EnterAsync(app, server, prepared, session, cancellationToken).ConfigureAwait(false);
                    var isBusy = false;
                    try
                    {
                        var result = await send(server, prepared, call).ConfigureAwait(false);
                        isBusy = isHeld(result);
                        return result;
                    }
                    finally
                    {
                        if (!isBusy)
                        {
                            _sessions.End(session);
                        }
                    }
                }).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            AgentLog.RequestCanceled(context.Transport.Logger, context.Name);
            throw AgentExceptions.Canceled(context.Name, null, exception, cancellationToken);
        }
    }

    /// <summary>Makes a session busy. A stored run of the session is looked up: it may have ended.</summary>
    /// <exception cref="InvalidOperationException">The session has a run in progress.</exception>
    private async Task EnterAsync(
        AppHost app, AgentServer server, AgentRequest request, string? session, CancellationToken cancellationToken)
    {
        while (!_sessions.TryBegin(session, out var runId))
        {
            if (runId is null || await IsInProgressAsync(app, server, request, runId, cancellationToken).ConfigureAwait(false))
            {
                throw AgentExceptions.SessionBusy(context.Name, session!, runId);
            }

            _sessions.End(session, runId);
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

    private ValueTask<RunState> GetAsync(
        AgentServer server, ServingCall call, AgentRequest request, CancellationToken cancellationToken) =>
        context.Transport.GetDocumentAsync(
            call, (call, server, request),
            static (document, state, stop) => state.server.Read(state.call, document, state.request, stop), cancellationToken);

    /// <summary>The finished response, or one with the token to poll it.</summary>
    private ChatResponse ToResponse(AgentServer server, RunState state, AgentRequest request)
    {
        var response = state.Response ?? new ChatResponse
        {
            ContinuationToken = new RunToken(context.Identity, CursorOf(server, state, request)),
        };
        response.ResponseId = state.RunId ?? response.ResponseId;
        response.ConversationId = request.Session;
        response.AdditionalProperties = AdjustmentProperties.AddTo(
            response.AdditionalProperties, request.Chat, context.Models, context.Transport.Logger);
        return response;
    }

    private static RunCursor CursorOf(AgentServer server, RunState state, AgentRequest request) =>
        new(server.Protocol, state.RunId!) { Session = request.Session };
}
