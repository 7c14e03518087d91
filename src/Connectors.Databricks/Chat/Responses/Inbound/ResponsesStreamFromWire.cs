using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// Maps the events of a Responses stream to updates, directly from the read buffer. Text and reasoning are returned immediately; calls,
/// finish reason and usage when the stream is complete.
/// </summary>
internal sealed class ResponsesStreamFromWire : IChatStream
{
    private readonly ServingCall _call;
    private readonly ServingReply _reply;
    private readonly bool _keepsRaw;
    private readonly JsonReaderOptions _json;
    private readonly CancellationToken _cancellationToken;
    private readonly ItemBudget _items;
    private readonly ReplyFacts _facts;
    private readonly ResponseContents _contents;
    private readonly ResponseEvents _events;

    public ResponsesStreamFromWire(
        ServingCall call, ServingReply reply, ReasoningContext reasoning, bool keepsRaw, CancellationToken cancellationToken)
    {
        _call = call;
        _reply = reply;
        _keepsRaw = keepsRaw;
        _json = reply.Json;
        _cancellationToken = cancellationToken;
        _items = new ItemBudget(reply.Limits.MaxItems, cancellationToken);
        var held = new ItemBudget(reply.Limits.MaxItems, cancellationToken);
        _facts = new ReplyFacts(reply, held);
        reasoning = reasoning with { MaxToolArgumentBytes = reply.Limits.MaxToolArgumentBytes, Items = _items, Held = held };
        _contents = new ResponseContents(_facts, reasoning);
        _events = new ResponseEvents(_facts, new OutputReader(_contents, reasoning, _json), reasoning, _json);
    }

    /// <summary>
    /// Whether the stream is that of a model, which has one response: its end is that of the stream, also when the server keeps the
    /// connection open. Agents send several responses, and their trace behind the last.
    /// </summary>
    public bool HasOneResponse { get; init; }

    public bool IsDenied => _facts.IsDenied;

    /// <summary>Whether the last response of the stream is complete.</summary>
    public bool IsEnded => _events.IsEnded;

    /// <summary>Begins another attempt at the response, after the server of an agent crashed.</summary>
    public void StartOver()
    {
        _events.StartOver();
        _contents.StartOver();
    }

    public bool Read(ServingEventStream events, List<ChatResponseUpdate> updates)
    {
        var data = events.Data;
        if (data.SequenceEqual("[DONE]"u8) || data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            return false;
        }

        var before = updates.Count;
        try
        {
            ReadEvent(data, events.Name, events.Event.IsError);
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(_call, _reply, exception.Limit, exception.Name);
        }
        catch (JsonException) when (
            events.Event is { IsNamed: true, IsError: false } && EventKinds.Of(events.Name) is EventKind.Unknown or EventKind.Untyped
                && !JsonReading.IsJson(data))
        {
            // An event of another kind, whose data need not be JSON.
            return true;
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(_call, _reply, exception);
        }

        _contents.TakeUpdates(updates);
        if (_keepsRaw)
        {
            KeepRaw(data, updates, before);
        }

        return !(HasOneResponse && IsEnded);
    }

    private void ReadEvent(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name, bool isErrorEvent)
    {
        JsonReading.RequireUtf8(data);
        JsonBounds.Require(data, _reply.Limits.MaxJsonValues, _json, _cancellationToken);
        _items.Reset();
        EventFields fields = default;
        try
        {
            fields.Read(data, name, _json, _facts);
        }
        catch (JsonException) when (PythonJson.MayOccur(data))
        {
            if (PythonJson.Replaced(data) is not { } json)
            {
                throw;
            }

            data = json;
            fields = default;
            fields.Read(data, name, _json, _facts);
        }

        if (fields.IsError || isErrorEvent || fields.Kind == EventKind.Error)
        {
            // A later "response.completed" does not undo it (serving reference §8.3).
            throw Error(data);
        }

        if (!_events.Apply(fields, data))
        {
            throw Error(fields.Response.IsEmpty ? data : fields.Response);
        }
    }

    private DatabricksServingException Error(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        return ServingExceptions.ErrorInBody(_call, _reply, document.RootElement);
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
        if (!sawEndMarker && !_events.IsEnded && !_facts.IsDenied)
        {
            throw ServingExceptions.CutOff(_call, _reply, broken);
        }

        if (!_events.IsAny && !_facts.IsDenied)
        {
            throw ResponsesFromWire.Unexpected(
                _call, _reply, _events.HasChatChunks ? "the chunks of a chat completion" : "a stream without a response or an output item");
        }

        try
        {
            _events.FinishItems();
            _contents.End(updates);
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
            FinishReason = ResponseFields.FinishReason(_events.Status, _events.IncompleteReason, _contents.HasCalls),
        };
        if (_facts.Usage.ToDetails() is { } usage)
        {
            last.Contents = [new UsageContent(usage)];
        }

        if (_facts.Denial(last.FinishReason) is { } denial)
        {
            last.FinishReason = ChatFinishReason.ContentFilter;
            last.AdditionalProperties = ServicePolicyFromWire.AddTo(last.AdditionalProperties, denial);
        }

        return last;
    }
}
