using System.Runtime.CompilerServices;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents;

/// <summary>
/// The runs of one agent: in the foreground, and in the background with tokens that a later call, or another process, continues with.
/// </summary>
internal sealed class AgentRuns
{
    private readonly AgentContext _context;
    private readonly AppLocator _locator;
    private readonly AgentServers _servers;
    private readonly SessionRuns _sessions = new();
    private readonly RunStarter _starter;

    public AgentRuns(AgentContext context, AppLocator locator)
    {
        _context = context;
        _locator = locator;
        _servers = new AgentServers(context);
        _starter = new RunStarter(context, _servers, _sessions);
    }

    public async Task<ChatResponse> RunAsync(AgentRequest request, CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var run = await _starter.StartAsync(app, request, cancellationToken).ConfigureAwait(false);
        return ToResponse(run.Server, run.State!, run.Request);
    }

    public async Task<ChatResponse> PollAsync(AgentRequest request, RunCursor cursor, CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var server = _servers.Of(cursor.Protocol);
        var state = await PollAsync(server, app, request, cursor, cancellationToken).ConfigureAwait(false);
        if (state is { Response: not null, Attempts: > 1 })
        {
            // The document has the output of every attempt; the events show where the last one begins, and its conversation.
            return await LastAttempt.ReadAsync(
                new RunFollower(_context, server, app, request).ContinueAsync(cursor with { Events = 0, Updates = 0 }, cancellationToken))
                .ConfigureAwait(false);
        }

        return ToResponse(server, state with { RunId = state.RunId ?? cursor.RunId }, request);
    }

    private async Task<RunState> PollAsync(
        AgentServer server, AppHost app, AgentRequest request, RunCursor cursor, CancellationToken cancellationToken)
    {
        try
        {
            var state = await _starter.GetAsync(server, server.Poll(app, cursor), request, cancellationToken).ConfigureAwait(false);
            if (state.Response is not null)
            {
                _sessions.End(request.Session, cursor.RunId);
            }
            else if (!server.QueuesSessions)
            {
                _sessions.Continued(request.Session, cursor.RunId);
            }

            return state;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            AgentLog.RunGoesOn(_context.Transport.Logger, _context.Name, cursor.RunId);
            throw AgentExceptions.Canceled(_context.Name, cursor.RunId, exception, cancellationToken);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var run = await _starter.StartAsync(app, request, cancellationToken).ConfigureAwait(false);
        if (run.State is { Response: not null } state)
        {
            foreach (var update in ToResponse(run.Server, state, run.Request).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        var updates = run.Reply is { } reply
            ? ReadAsync(app, run, reply, cancellationToken)
            : FollowStartedAsync(app, run, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            yield return update;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> ContinueAsync(
        AgentRequest request, RunCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var update in FollowAsync(app, _servers.Of(cursor.Protocol), request, cursor, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> FollowStartedAsync(
        AppHost app, StartedRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = CursorOf(run.Server, run.State!, run.Request);
        yield return RunFollower.Started(_context.Identity, cursor);
        await foreach (var update in FollowAsync(app, run.Server, run.Request, cursor, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> FollowAsync(
        AppHost app, AgentServer server, AgentRequest request, RunCursor cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!server.QueuesSessions)
        {
            _sessions.Continued(request.Session, cursor.RunId);
        }

        var follower = new RunFollower(_context, server, app, request with { RunId = cursor.RunId });
        await foreach (var update in follower.ContinueAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }

        _sessions.End(request.Session, cursor.RunId);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        AppHost app, StartedRun run, ServingReply reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = run.Server.QueuesSessions ? null : run.Request.Session;
        using var busy = _sessions.Hold(session);
        var follower = new RunFollower(_context, run.Server, app, run.Request);
        string? runId = null;
        await foreach (var update in follower.ReadAsync(run.Call!, reply, cancellationToken).ConfigureAwait(false))
        {
            if (runId is null && follower.RunId is { } stored)
            {
                // A caller that leaves the stream does not end the run.
                runId = stored;
                _sessions.Started(session, runId);
            }

            yield return update;
        }

        _sessions.End(session, runId);
    }

    /// <summary>The finished response, or one with the token to poll it.</summary>
    private ChatResponse ToResponse(AgentServer server, RunState state, AgentRequest request)
    {
        var response = state.Response ?? new ChatResponse
        {
            ContinuationToken = new RunToken(_context.Identity, CursorOf(server, state, request)),
        };
        response.ResponseId = state.RunId ?? response.ResponseId;
        response.ConversationId = request.Session;
        response.AdditionalProperties = AdjustmentProperties.AddTo(
            response.AdditionalProperties, request.Chat, _context.Models, _context.Transport.Logger);
        return response;
    }

    private static RunCursor CursorOf(AgentServer server, RunState state, AgentRequest request) =>
        new(server.Protocol, state.RunId!) { Session = request.Session };
}
