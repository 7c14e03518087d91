using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// The messages of a chat agent's stream (task <c>agent/v2/chat</c>): deltas of one id are one message, a new id starts the next. Text goes
/// out as it comes. Calls wait until it is known whether the agent answers them itself.
/// </summary>
internal sealed class AgentStream(ReplyFacts facts, bool hidesReasoning)
{
    private readonly List<ChatResponseUpdate> _ready = [];
    private readonly List<ChatResponseUpdate> _heldCalls = [];
    private AnswerBuilder? _current;
    private int _position;

    public bool HasMessages => _current is not null;

    /// <summary>Reads a delta; the reader stands on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        // A delta that is a string belongs to the Responses API, which is not this surface.
        if (!reader.NextIsObject())
        {
            return;
        }

        var id = IdOf(reader);
        if (_current is not null && id is not null && _current.Id is not null && id != _current.Id)
        {
            Finish(_current);
            _current = null;
            _position++;
        }

        _current ??= new AnswerBuilder(isWhole: false, hidesReasoning);
        MessageFromWire.Read(ref reader, _current);

        // The content of a tool message is one result: it waits until it is whole.
        if (AgentMessages.Role(_current) != ChatRole.Tool && _current.Take() is { } contents)
        {
            ReleaseCalls();
            _ready.Add(NewUpdate(_current, contents));
        }
    }

    private static string? IdOf(Utf8JsonReader delta)
    {
        while (delta.NextProperty())
        {
            if (delta.ValueTextEquals("id"u8))
            {
                return delta.NextString();
            }

            delta.Skip();
        }

        return null;
    }

    private void Finish(AnswerBuilder answer)
    {
        answer.Complete(AgentMessages.MessageId(answer, facts.Id, _position));
        var contents = AgentMessages.Contents(answer);
        if (contents.Count == 0)
        {
            return;
        }

        var update = NewUpdate(answer, contents);
        if (answer.HasCalls)
        {
            _heldCalls.Add(update);
            return;
        }

        AgentMessages.MarkAnswered(_heldCalls.Append(update).SelectMany(held => held.Contents));
        ReleaseCalls();
        _ready.Add(update);
    }

    private void ReleaseCalls()
    {
        _ready.AddRange(_heldCalls);
        _heldCalls.Clear();
    }

    public void TakeUpdates(List<ChatResponseUpdate> updates)
    {
        if (_ready.Count > 0)
        {
            updates.AddRange(_ready);
            _ready.Clear();
        }
    }

    public void End(string? finishReason, List<ChatResponseUpdate> updates)
    {
        if (_current is null)
        {
            return;
        }

        Finish(_current);
        var hasOpenCalls = _heldCalls.Count > 0;
        ReleaseCalls();
        TakeUpdates(updates);
        var last = NewUpdate(_current, []);
        last.FinishReason = FinishReasonFromWire.Read(finishReason, hasOpenCalls) ?? FinishReasonFromWire.Inferred(hasOpenCalls);
        updates.Add(last);
    }

    private ChatResponseUpdate NewUpdate(AnswerBuilder answer, List<AIContent> contents) =>
        new(AgentMessages.Role(answer), contents)
        {
            ResponseId = facts.Id,
            MessageId = AgentMessages.MessageId(answer, facts.Id, _position),
            CreatedAt = facts.CreatedAt,
            ModelId = facts.Model,
        };
}
