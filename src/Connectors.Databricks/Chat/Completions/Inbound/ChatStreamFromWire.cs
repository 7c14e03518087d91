using System.Text.Json;
using Connectors.Databricks.Chat.Completions.Inbound.Templates;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Maps the events of a stream to updates, directly from the read buffer. Text and reasoning are returned immediately; tool calls, finish
/// reason and usage when the stream is complete.
/// </summary>
internal sealed class ChatStreamFromWire : IChatStream
{
    private readonly ServingCall _call;
    private readonly ServingReply _reply;
    private readonly ReplyFacts _facts;
    private readonly ChoiceStreams _choices;
    private readonly ReasoningContext _reasoning;
    private readonly bool _keepsRaw;
    private readonly ItemBudget _items;
    private readonly CancellationToken _cancellationToken;
    private AgentStream? _agent;
    private ChunkTemplateReader _templates;
    private string? _finishReason;
    private string? _nonChatShape;
    private bool _isError;

    public ChatStreamFromWire(
        ServingCall call, ServingReply reply, ReasoningContext reasoning, bool keepsRaw, ChunkTemplateReader templates,
        CancellationToken cancellationToken)
    {
        _call = call;
        _reply = reply;
        _cancellationToken = cancellationToken;
        _items = new ItemBudget(reply.Limits.MaxItems, cancellationToken);
        var held = new ItemBudget(reply.Limits.MaxItems, cancellationToken);
        _facts = new ReplyFacts(reply, held);
        _reasoning = reasoning with { MaxToolArgumentBytes = reply.Limits.MaxToolArgumentBytes, Items = _items, Held = held };
        _choices = new ChoiceStreams(_facts, _reasoning);
        _keepsRaw = keepsRaw;
        _templates = templates;
    }

    public bool Read(ServingEventStream events, List<ChatResponseUpdate> updates)
    {
        var data = events.Data;
        var kind = events.Event;
        if (data.SequenceEqual("[DONE]"u8) || data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            return false;
        }

        if (kind.IsNamed && !kind.IsError && !JsonReading.IsJson(data))
        {
            // Unknown events are skipped.
            return true;
        }

        var before = updates.Count;
        try
        {
            ReadEvent(data, kind.IsError, updates);
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(_call, _reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(_call, _reply, exception);
        }

        if (_keepsRaw)
        {
            KeepRaw(data, updates, before);
        }

        return true;
    }

    private void ReadEvent(ReadOnlySpan<byte> data, bool isErrorEvent, List<ChatResponseUpdate> updates)
    {
        var before = updates.Count;
        if (!_templates.TryRead(data, isErrorEvent, _facts, _choices))
        {
            ReadDocument(data, isErrorEvent);
        }

        _choices.TakeUpdates(updates);
        _agent?.TakeUpdates(updates);
        _templates.Update(data, updates.Count > before ? updates[before] : null, _reply.Json);
    }

    private void ReadDocument(ReadOnlySpan<byte> data, bool isErrorEvent)
    {
        if (PythonJson.MayOccur(data) && PythonJson.Replaced(data) is { } json)
        {
            data = json;
        }

        JsonReading.RequireUtf8(data);
        JsonBounds.Require(data, _reply.Limits.MaxJsonValues, _reply.Json, _cancellationToken);
        _items.Reset();
        var reader = new Utf8JsonReader(data, _reply.Json);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                // In the most frequent order of the members.
                if (reader.Is("choices"u8))
                {
                    _choices.Read(ref reader, data);
                }
                else if (!_facts.TryRead(ref reader))
                {
                    ReadMember(ref reader);
                }
            }
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
        if (_isError || isErrorEvent)
        {
            using var document = JsonDocument.Parse(data.ToArray());
            throw ServingExceptions.ErrorInBody(_call, _reply, document.RootElement);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("delta"u8))
        {
            (_agent ??= new AgentStream(_facts, _reasoning)).Read(ref reader);
        }
        else if (reader.Is("finish_reason"u8))
        {
            _finishReason = reader.NextString() ?? _finishReason;
        }
        else if (reader.Is("error"u8) || reader.Is("error_code"u8))
        {
            _isError |= reader.NextIsError(isErrorName: true);
        }
        else if (reader.Is("type"u8))
        {
            reader.Read();
            _isError |= reader.TokenType == JsonTokenType.String && (reader.Is("error"u8) || reader.Is("response.error"u8));
            _nonChatShape ??= NonChatShapes.NamedEvent(ref reader);
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }

    private void KeepRaw(ReadOnlySpan<byte> data, List<ChatResponseUpdate> updates, int before)
    {
        var raw = _reply.Raw(data.ToArray());
        if (updates.Count == before)
        {
            // The event has no new contents, but raw updates are enabled.
            updates.Add(new ChatResponseUpdate { ResponseId = _facts.Id, ModelId = _facts.Model });
        }

        for (var i = before; i < updates.Count; i++)
        {
            updates[i].RawRepresentation = raw;
        }
    }

    public void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates)
    {
        var isFinished = _choices.AreFinished || _facts.IsDenied ||
            (_agent is { HasMessages: true } && FinishReasonFromWire.IsGiven(_finishReason));
        if (!sawEndMarker && !isFinished)
        {
            throw ServingExceptions.CutOff(_call, _reply, broken);
        }

        if (!_choices.Any && _agent is not { HasMessages: true } && !_facts.IsDenied)
        {
            throw ServingExceptions.Unexpected(
                _call, _reply, _nonChatShape ?? "a stream without a single choice or message",
                "Check that the endpoint's task is chat (llm/v1/chat, agent/v1/chat or agent/v2/chat).");
        }

        try
        {
            _choices.End(updates);
            _agent?.End(_finishReason, updates);
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(_call, _reply, exception.Limit, exception.Name);
        }
        catch (JsonException exception)
        {
            throw ServingExceptions.Malformed(_call, _reply, exception);
        }

        updates.Add(Last());
        if (Denial(updates) is { } denial)
        {
            MarkDenied(denial, updates);
        }
    }

    public bool IsDenied => _facts.IsDenied;

    /// <summary>Never: token counts follow the last choice, and the end marker follows them.</summary>
    public bool IsEnded => false;

    private DatabricksServicePolicyDenial? Denial(List<ChatResponseUpdate> updates) =>
        _facts.Denial(updates.Find(static update => update.FinishReason is not null)?.FinishReason);

    private static void MarkDenied(DatabricksServicePolicyDenial denial, List<ChatResponseUpdate> updates)
    {
        foreach (var update in updates)
        {
            update.FinishReason = update.FinishReason is null ? null : ChatFinishReason.ContentFilter;
        }

        updates[^1].FinishReason = ChatFinishReason.ContentFilter;
        updates[^1].AdditionalProperties = ServicePolicyFromWire.AddTo(updates[^1].AdditionalProperties, denial);
    }

    // No message id, so that the properties belong to the response.
    private ChatResponseUpdate Last()
    {
        var last = new ChatResponseUpdate
        {
            ResponseId = _facts.Id,
            ModelId = _facts.Model,
            CreatedAt = _facts.CreatedAt,
            AdditionalProperties = _facts.ToProperties(),
        };
        if (_facts.Usage.ToDetails() is { } usage)
        {
            last.Contents = [new UsageContent(usage)];
        }

        return last;
    }
}
