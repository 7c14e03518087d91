using System.Text;
using System.Text.Json;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>
/// Reads the events of a run: its start, text deltas of the agent, and its end with the output. Text that came as deltas is not repeated
/// from the output. Other events are the agent's own, and are returned as raw updates where those are enabled.
/// </summary>
internal sealed class InvocationEvents(OutputContext context, InvocationOutput output, bool keepsRaw) : IRunReader
{
    private readonly SeenEvents _seen = new();
    private readonly StringBuilder _text = new();
    private JsonElement? _completed;
    private bool _isStarted;
    private long _attempt = 1;

    public string? RunId { get; private set; } = context.Request.RunId;

    public string? Session { get; private set; }

    public long Position { get; private set; }

    public string? LastEvent => _seen.Last;

    public bool IsComplete => _completed is not null;

    public RunEventKind Read(ServingEventStream events, List<ChatResponseUpdate> updates)
    {
        if (!_seen.IsNew(events.Id))
        {
            return RunEventKind.Repeated;
        }

        try
        {
            JsonReading.RequireUtf8(events.Data);
            JsonBounds.Require(events.Data, context.Reply.Limits.MaxJsonValues, context.Reply.Json, context.CancellationToken);
            var reader = new Utf8JsonReader(events.Data, context.Reply.Json);
            var data = JsonElement.ParseValue(ref reader);
            return Read(Encoding.UTF8.GetString(events.Name) is { Length: > 0 } name ? name : data.TextOf("type"), data, events, updates);
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(context.Call, context.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(context.Call, context.Reply, exception);
        }
    }

    public void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates)
    {
        if (_completed is not { } run)
        {
            throw ServingExceptions.CutOff(context.Call, context.Reply, broken);
        }

        var response = output.Read(context, RunId, run.MemberOf("output"));
        if (_text.Length == 0)
        {
            updates.AddRange(response.ToChatResponseUpdates());
        }
        else if (response.Text.StartsWith(_text.ToString(), StringComparison.Ordinal) && response.Text.Length > _text.Length)
        {
            updates.Add(NewText(response.Text[_text.Length..]));
        }

        updates.Add(new ChatResponseUpdate
        {
            ResponseId = RunId,
            FinishReason = response.FinishReason,
            AdditionalProperties = response.AdditionalProperties,
            RawRepresentation = keepsRaw ? response.RawRepresentation : null,
        });
        AddAttempt(updates, 0);
    }

    private RunEventKind Read(string? name, JsonElement data, ServingEventStream events, List<ChatResponseUpdate> updates)
    {
        var before = updates.Count;
        switch (name)
        {
            case "run.started" or "run.resumed":
                Start(name, data, updates);
                break;
            case "run.completed":
                _completed = data;
                return RunEventKind.End;
            case "run.failed":
                throw AgentExceptions.RunFailed(
                    context.Call, ServingExceptions.ErrorInBody(context.Call, context.Reply, data));
            case not null when IsTextDelta(name) && TextOf(data) is { Length: > 0 } text:
                _text.Append(text);
                updates.Add(NewText(text));
                break;
        }

        if (keepsRaw)
        {
            if (updates.Count == before)
            {
                updates.Add(new ChatResponseUpdate { ResponseId = RunId });
            }

            updates[^1].RawRepresentation = context.Reply.Raw(events.Data.ToArray());
        }

        AddAttempt(updates, before);
        Position++;
        return RunEventKind.Event;
    }

    // Recovery is at least once: after a crash the run begins again, and so does its text.
    private void Start(string name, JsonElement data, List<ChatResponseUpdate> updates)
    {
        RunId ??= data.TextOf("id");
        Session = data.TextOf("session_id") ?? Session;
        var isAgain = name == "run.resumed" || _isStarted;
        if (isAgain && (_isStarted || _text.Length > 0))
        {
            _attempt++;
            _text.Clear();
            updates.Add(new ChatResponseUpdate { ResponseId = RunId });
        }

        // A resumed attempt announces itself twice.
        _isStarted = name == "run.started";
    }

    private ChatResponseUpdate NewText(string text) => new(ChatRole.Assistant, text)
    {
        ResponseId = RunId,
        MessageId = _attempt == 1 ? RunId : $"{RunId}-attempt-{_attempt}",
    };

    private void AddAttempt(List<ChatResponseUpdate> updates, int from)
    {
        for (var i = from; i < updates.Count && _attempt > 1; i++)
        {
            (updates[i].AdditionalProperties ??= [])[DatabricksPropertyNames.RunAttempt] = _attempt;
        }
    }

    private static bool IsTextDelta(string name) => name is "delta" or "text" or "text.delta" or "message.delta" or "token"
        or "output_text.delta" or "response.output_text.delta";

    private static string? TextOf(JsonElement data) =>
        InvocationOutput.TextOf(data) ?? InvocationOutput.TextOf(data.MemberOf("content"))
            ?? InvocationOutput.TextOf(data.MemberOf("delta")) ?? InvocationOutput.TextOf(data.MemberOf("text"))
            ?? data.MemberOf("delta").TextOf("content") ?? data.MemberOf("delta").TextOf("text");
}
