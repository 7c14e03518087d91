using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// The messages of a chat agent's stream (task <c>agent/v2/chat</c>): deltas of one id are one message, a new id starts the next. Text goes
/// out as it comes. Calls wait until it is known whether the agent answers them itself.
/// </summary>
internal sealed class AgentStream(ReplyFacts facts, ReasoningContext reasoning)
{
    private readonly List<ChatResponseUpdate> _ready = [];
    private readonly List<ChatResponseUpdate> _held = [];
    private AnswerBuilder? _current;
    private string _currentId = string.Empty;
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

        var head = AgentDeltaHead.Read(reader);
        if (_current is not null && head.StartsAfter(_current))
        {
            Finish(_current);
            _current = null;
            _position++;
        }

        if (_current is null)
        {
            reasoning.Held.Spend();
            _current = new AnswerBuilder(isWhole: false, reasoning);
            _currentId = AgentMessages.MessageId(head.Id, facts.MessageIdBase, _position);
        }

        MessageFromWire.Read(ref reader, _current);

        // The content of a tool message is one result: it waits until it is whole.
        if (AgentMessages.Role(_current) != ChatRole.Tool && _current.Take() is { } contents)
        {
            ReleaseHeld();
            _ready.Add(NewUpdate(_current, contents));
        }
    }

    // Calls wait for their results, and results stay behind their calls, until the agent speaks on or the stream ends.
    private void Finish(AnswerBuilder answer)
    {
        answer.Complete(_currentId);
        var contents = AgentMessages.Contents(answer);
        if (contents.Count > 0)
        {
            reasoning.Held.Spend();
            _held.Add(NewUpdate(answer, contents));
        }
    }

    private void ReleaseHeld()
    {
        if (_held.Count > 0)
        {
            AgentMessages.MarkAnswered(_held.SelectMany(update => update.Contents));
            _ready.AddRange(_held);
            _held.Clear();
        }
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
        ReleaseHeld();
        var hasOpenCalls = _ready.SelectMany(update => update.Contents)
            .Any(content => content is FunctionCallContent { InformationalOnly: false });
        TakeUpdates(updates);
        var last = NewUpdate(_current, []);
        last.FinishReason = FinishReasonFromWire.Read(finishReason, hasOpenCalls) ?? FinishReasonFromWire.Inferred(hasOpenCalls);
        updates.Add(last);
    }

    private ChatResponseUpdate NewUpdate(AnswerBuilder answer, List<AIContent> contents) =>
        new(AgentMessages.Role(answer), contents)
        {
            ResponseId = facts.Id,
            MessageId = _currentId,
            CreatedAt = facts.CreatedAt,
            ModelId = facts.Model,
        };
}
