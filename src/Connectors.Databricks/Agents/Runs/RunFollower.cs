using System.Runtime.CompilerServices;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>
/// Reads one run to its end: opens its stream again when it breaks, removes events and updates that the caller has, and sets the token of
/// each update, which continues after it.
/// </summary>
/// <param name="context">The client.</param>
/// <param name="server">The protocol.</param>
/// <param name="app">The host.</param>
/// <param name="request">The request of the caller.</param>
internal sealed class RunFollower(AgentContext context, AgentServer server, AppHost app, AgentRequest request)
{
    private readonly StreamReopening _reopening = new(context.Settings.TimeProvider);
    private readonly List<ChatResponseUpdate> _updates = [];
    private RunCursor? _cursor;
    private RunCursor? _returned;
    private IRunReader? _reader;
    private ServingCall? _call;

    /// <summary>The id of the run that is continued when its stream breaks; null for one that is not stored.</summary>
    public string? RunId => _cursor?.RunId;

    /// <summary>Continues a run: replays it from its first event, because the mapping of an event depends on those before it.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> ContinueAsync(RunCursor cursor, CancellationToken cancellationToken)
    {
        _cursor = _returned = cursor;
        return ReadAsync(reply: null, cancellationToken);
    }

    /// <summary>Reads a run whose stream has been opened.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        _call = call;
        return ReadAsync(reply, cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ServingReply? reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isSecondLook = false; ;)
        {
            reply ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            _reader ??= server.OpenEvents(_call!, reply, request, cancellationToken);
            var body = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var events = new ServingEventStream(_call!, reply, body, context.Settings);
            var isEnd = false;
            while (!isEnd && await MoveNextAsync(events, cancellationToken).ConfigureAwait(false))
            {
                var kind = _reader.Read(events, _updates);
                if (TakeRun())
                {
                    yield return Started(context.Identity, _cursor!);
                }

                isEnd = kind == RunEventKind.End;
                if (kind != RunEventKind.Event)
                {
                    continue;
                }

                isSecondLook = false;
                _reopening.SawEvent();
                foreach (var update in TakeUpdates(_reader.Position - 1, isLast: false))
                {
                    yield return update;
                }
            }

            // A stream that ended without its marker may have been cut between two responses, so it is opened once more.
            if (!isEnd && IsStored && !(_reader.IsComplete && isSecondLook))
            {
                isSecondLook = _reader.IsComplete;
                reply = null;
                await WaitAsync(events.BrokenBy, cancellationToken).ConfigureAwait(false);
                continue;
            }

            _reader.End(isEnd, events.BrokenBy, _updates);
            _updates[^1].AdditionalProperties = AdjustmentProperties.AddTo(
                _updates[^1].AdditionalProperties, request.Chat, context.Models, context.Transport.Logger);
            foreach (var update in TakeUpdates(_reader.Position, isLast: true))
            {
                yield return update;
            }

            await events.ReadToEndAsync().ConfigureAwait(false);
            yield break;
        }
    }

    private bool IsStored => _cursor is not null;

    // The events of a run in the background have its id, which the server chooses, unless it stores no runs.
    private bool TakeRun()
    {
        if (_cursor is not null || !request.IsBackground || _reader!.RunId is not { } runId)
        {
            return false;
        }

        _cursor = new RunCursor(server.Protocol, runId) { Session = request.Session };
        return true;
    }

    /// <summary>
    /// The first update of a run, which has nothing but the token: the first text may take long, and a process that ends before it still
    /// continues the run.
    /// </summary>
    public static ChatResponseUpdate Started(AgentIdentity agent, RunCursor cursor) => new()
    {
        ResponseId = cursor.RunId,
        ConversationId = cursor.Session,
        ContinuationToken = new RunToken(agent, cursor),
    };

    /// <summary>A stream that breaks ends; it is opened again.</summary>
    private async ValueTask<bool> MoveNextAsync(ServingEventStream events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (exception.IsTransient && IsStored)
        {
            AgentLog.StreamBroke(context.Transport.Logger, context.Name, _cursor!.RunId, exception.Message);
            return false;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw Canceled(exception, cancellationToken);
        }
    }

    private async Task<ServingReply> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var call = server.Replay(app, _cursor!, _reader?.LastEvent);
            _call ??= call;
            try
            {
                var reply = await context.Transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
                _reopening.Opened();
                return reply;
            }
            catch (DatabricksServingException exception) when (exception.IsTransient)
            {
                _reopening.Opened();
                await WaitAsync(exception, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
            {
                throw Canceled(exception, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(Exception? cause, CancellationToken cancellationToken)
    {
        if (_reopening.NextDelay() is not { } delay)
        {
            throw AgentExceptions.Interrupted(_call!, "its events could not be read, although the stream was opened again", cause);
        }

        AgentLog.Reopening(context.Transport.Logger, context.Name, _cursor!.RunId, delay);
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, context.Settings.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw Canceled(exception, cancellationToken);
        }
    }

    /// <summary>The updates of one event that the caller does not have, with their tokens.</summary>
    /// <param name="position">The position of the event.</param>
    /// <param name="isLast">Whether they are the last ones.</param>
    private IEnumerable<ChatResponseUpdate> TakeUpdates(long position, bool isLast)
    {
        var reader = _reader!;
        var count = _updates.Count;
        for (var index = 0; index < count; index++)
        {
            var update = _updates[index];
            update.ConversationId = request.Session is null ? update.ConversationId : reader.Session ?? request.Session;
            if (_cursor is { } cursor)
            {
                cursor = cursor with { Session = request.Session is null ? null : reader.Session ?? request.Session };
                _cursor = cursor.After(position, index, count);
                update.ContinuationToken = isLast && index + 1 == count ? null : new RunToken(context.Identity, _cursor);
            }

            if (_returned?.Includes(position, index) is not true)
            {
                yield return update;
            }
        }

        _updates.Clear();
    }

    private OperationCanceledException Canceled(OperationCanceledException exception, CancellationToken cancellationToken)
    {
        if (_cursor is { } cursor)
        {
            AgentLog.RunGoesOn(context.Transport.Logger, context.Name, cursor.RunId);
        }
        else
        {
            AgentLog.RequestCanceled(context.Transport.Logger, context.Name);
        }

        return AgentExceptions.Canceled(context.Name, _cursor?.RunId, exception, cancellationToken);
    }
}
