using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>One choice of a stream: updates of the first are returned immediately, those of the others at the end.</summary>
internal sealed class ChoiceStream(int index, bool isLive, AnswerBuilder answer, ItemBudget held)
{
    private readonly List<ChatResponseUpdate>? _waiting = isLive ? null : [];
    private string? _messageId;

    public int Index => index;

    public AnswerBuilder Answer => answer;

    public string? FinishReason { get; set; }

    /// <summary>Whether the current event changed the choice.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The next of the choices that the current event changed.</summary>
    public ChoiceStream? NextChanged { get; set; }

    public JsonElement? LogProbs { get; set; }

    public void TakeUpdate(ReplyFacts facts, List<ChatResponseUpdate> updates)
    {
        if (answer.Take() is { } contents)
        {
            Add(NewUpdate(facts, contents), updates);
        }
        else if (LogProbs is not null)
        {
            Add(NewUpdate(facts, []), updates);
        }
    }

    private void Add(ChatResponseUpdate update, List<ChatResponseUpdate> updates)
    {
        if (_waiting is null)
        {
            updates.Add(update);
            return;
        }

        held.Spend();
        _waiting.Add(update);
    }

    public void End(ReplyFacts facts, List<ChatResponseUpdate> updates, bool isFirst)
    {
        answer.Complete(ChoiceFromWire.CallIdPrefix(facts, index));
        if (_waiting is not null)
        {
            updates.AddRange(_waiting);
        }

        var last = NewUpdate(facts, answer.Take() ?? []);
        var reason = FinishReasonFromWire.Read(FinishReason, answer.HasCalls) ?? FinishReasonFromWire.Inferred(answer.HasCalls);
        if (isFirst)
        {
            last.FinishReason = reason;
        }
        else
        {
            // The finish reason of the response is that of the first choice.
            (last.AdditionalProperties ??= [])[DatabricksPropertyNames.FinishReason] = FinishReason ?? reason.Value;
        }

        updates.Add(last);
    }

    private ChatResponseUpdate NewUpdate(ReplyFacts facts, List<AIContent> contents)
    {
        var update = new ChatResponseUpdate(answer.Role ?? ChatRole.Assistant, contents)
        {
            ResponseId = facts.Id,
            MessageId = MessageId(facts),
            CreatedAt = facts.CreatedAt,
            ModelId = facts.Model,
        };
        if (LogProbs is { } logProbs)
        {
            (update.AdditionalProperties ??= [])[DatabricksPropertyNames.LogProbs] = logProbs;
            LogProbs = null;
        }

        return update;
    }

    // All updates have the id of the first one, even when the service sends the response id later.
    private string MessageId(ReplyFacts facts) => _messageId ??= ChoiceFromWire.MessageId(facts, index);
}
