using System.Globalization;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.LongRunning;

/// <summary>
/// Reads the events of a run as those of the Responses API. Events of stored runs have the id of the run and numbers from 0, by which
/// repetitions are recognized; numbers of other runs are the agent's, which may begin again. A crash recovery begins the response again,
/// under another conversation.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="reply">Its response, with the limits.</param>
/// <param name="mapper">Maps the events.</param>
/// <param name="toolNames">Restores the names of tools; null when none were changed.</param>
/// <param name="runId">The id of the run; null until its first event when the server chooses it.</param>
/// <param name="keepsRaw">Whether raw updates are enabled.</param>
internal sealed class LongRunningEvents(
    ServingCall call, ServingReply reply, ResponsesStreamFromWire mapper, ToolNames? toolNames, string? runId, bool keepsRaw)
    : IRunReader
{
    private long? _attempt;

    public string? RunId { get; private set; } = runId;

    public string? Session { get; private set; }

    public long Position { get; private set; }

    public string? LastEvent => Position == 0 ? null : (Position - 1).ToString(CultureInfo.InvariantCulture);

    public bool IsComplete => mapper.IsEnded;

    public RunEventKind Read(ServingEventStream events, List<ChatResponseUpdate> updates)
    {
        var head = EventHead.Read(events.Data, reply.Json, RunId);
        RunId = head.Number is null ? RunId : head.RunId ?? RunId;
        var number = RunId is null ? null : head.Number;
        if (number < Position)
        {
            return RunEventKind.Repeated;
        }

        if (!ReadEvent(events, head, updates))
        {
            return RunEventKind.End;
        }

        Position = (number ?? Position) + 1;
        return RunEventKind.Event;
    }

    public void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates)
    {
        if (sawEndMarker && Position == 0 && RunId is not null)
        {
            // A stored run without output has no event.
            updates.Add(new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop });
        }
        else
        {
            mapper.End(sawEndMarker, broken, updates);
        }

        toolNames?.Restore(updates);
        AddRun(updates, 0);
    }

    private bool ReadEvent(ServingEventStream events, in EventHead head, List<ChatResponseUpdate> updates)
    {
        var before = updates.Count;
        if (head.IsResumed)
        {
            mapper.StartOver();
            (Session, _attempt) = (head.Conversation ?? Session, head.Attempt ?? (_attempt ?? 1) + 1);
            updates.Add(new ChatResponseUpdate { RawRepresentation = keepsRaw ? reply.Raw(events.Data.ToArray()) : null });
        }
        else if (!ReadMapped(events, head, updates))
        {
            return false;
        }

        toolNames?.Restore(updates);
        AddRun(updates, before);
        return true;
    }

    private bool ReadMapped(ServingEventStream events, in EventHead head, List<ChatResponseUpdate> updates)
    {
        try
        {
            return mapper.Read(events, updates);
        }
        catch (DatabricksServingException exception) when (head.IsFailure || events.Event.IsError)
        {
            throw AgentExceptions.RunFailed(call, exception);
        }
    }

    private void AddRun(List<ChatResponseUpdate> updates, int from)
    {
        for (var i = from; i < updates.Count; i++)
        {
            updates[i].ResponseId = RunId ?? updates[i].ResponseId;
            if (_attempt is { } attempt)
            {
                (updates[i].AdditionalProperties ??= [])[DatabricksPropertyNames.RunAttempt] = attempt;
            }
        }
    }
}
