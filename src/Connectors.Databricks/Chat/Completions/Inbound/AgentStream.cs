using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Reads the stream of a chat agent (task <c>agent/v2/chat</c>): deltas with the same id are one message. Text is returned immediately;
/// tool calls are returned when it is known whether the agent invokes them itself.
/// </summary>
internal sealed class AgentStream(ReplyFacts facts, ReasoningContext reasoning)
{
    private readonly List<ChatResponseUpdate> _ready = [];
    private readonly List<ChatResponseUpdate> _held = [];
    private AnswerBuilder? _current;
    private string _currentId = string.Empty;
    private int _position;

    public bool HasMessages => _current is not null;

    /// <summary>Reads a delta; the reader is positioned on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        // A delta that is a string belongs to the Responses API.
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

        // The content of a tool message is one result, which is returned when it is complete.
        if (AgentMessages.Role(_current) != ChatRole.Tool && _current.Take() is { } contents)
        {
            ReleaseHeld();
            _ready.Add(NewUpdate(_current, contents));
        }
    }

    // Calls are held until their results, the next text, or the end of the stream; results follow their calls.
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
            AnsweredCalls.Mark(_held.SelectMany(update => update.Contents));
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
