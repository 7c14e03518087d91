using System.Buffers;
using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>Applies the events of a stream to the items of its output.</summary>
internal sealed class ResponseEvents(ReplyFacts facts, OutputReader reader, ReasoningContext reasoning, JsonReaderOptions json)
{
    private readonly OutputItems _items = new(reasoning.Held);
    private bool _isStarted;

    /// <summary>Whether the last response of the stream is complete.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the stream has a response at all.</summary>
    public bool IsAny => _isStarted || _items.Any;

    public bool HasChatChunks { get; private set; }

    public string? Status { get; private set; }

    public string? IncompleteReason { get; private set; }

    /// <summary>Begins another attempt at the response, after the server of an agent crashed.</summary>
    public void StartOver()
    {
        _items.StartOver();
        IsEnded = false;
    }

    /// <summary>Applies an event; returns false when the response failed.</summary>
    public bool Apply(in EventFields fields, ReadOnlySpan<byte> data)
    {
        switch (fields.Kind)
        {
            case EventKind.TextDelta:
                AddDelta(fields, PartKind.Text, ItemKind.Message);
                break;
            case EventKind.RefusalDelta:
                AddDelta(fields, PartKind.Refusal, ItemKind.Message);
                break;
            case EventKind.ReasoningDelta:
                AddDelta(fields, PartKind.Reasoning, ItemKind.Pending);
                break;
            case EventKind.SummaryDelta:
                AddDelta(fields, PartKind.Summary, ItemKind.Reasoning);
                break;
            case EventKind.ArgumentsDelta when RawJson.IsText(fields.Delta):
                reader.AddArguments(_items.ForDelta(fields, ItemKind.Call), fields.Delta);
                break;
            case EventKind.TextDone:
                AddWhole(fields, PartKind.Text, ItemKind.Message);
                break;
            case EventKind.RefusalDone:
                AddWhole(fields, PartKind.Refusal, ItemKind.Message);
                break;
            case EventKind.ReasoningDone:
                AddWhole(fields, PartKind.Reasoning, ItemKind.Pending);
                break;
            case EventKind.SummaryDone:
                AddWhole(fields, PartKind.Summary, ItemKind.Reasoning);
                break;
            case EventKind.ArgumentsDone when !fields.Whole.IsEmpty && _items.ForWhole(fields, ItemKind.Call) is { } call:
                reader.SetArguments(call, fields.Whole);
                break;
            default:
                return ApplyRare(fields, data);
        }

        return true;
    }

    private bool ApplyRare(in EventFields fields, ReadOnlySpan<byte> data)
    {
        switch (fields.Kind)
        {
            case EventKind.PartDone when RawJson.IsObject(fields.Part) && _items.ForWhole(fields, ItemKind.Pending) is { } item:
                reader.AddPart(item, fields.PartIndex, fields.Part);
                break;
            case EventKind.SummaryPartDone when RawJson.IsObject(fields.Part) && _items.ForWhole(fields, ItemKind.Reasoning) is { } item:
                reader.AddPart(item, fields.PartIndex, fields.Part);
                break;
            case EventKind.Annotation when RawJson.IsObject(fields.Annotation) && _items.ForWhole(fields, ItemKind.Message) is { } item:
                reader.AddAnnotations(item, fields.PartIndex, fields.Annotation);
                break;
            case EventKind.ItemAdded when RawJson.IsObject(fields.Item):
                Announce(fields, ItemFields.Read(fields.Item, json));
                break;
            case EventKind.ItemDone when RawJson.IsObject(fields.Item):
                Complete(fields, fields.Item);
                break;
            case EventKind.ToolOutput:
                Complete(fields, WithoutNumber(data));
                break;
            case EventKind.Started:
                Start(fields.Response);
                break;
            case EventKind.Completed or EventKind.Incomplete or EventKind.Failed:
                return End(fields);
            default:
                HasChatChunks |= fields.IsChatChunk;
                break;
        }

        return true;
    }

    private void AddDelta(in EventFields fields, PartKind part, ItemKind kind)
    {
        if (RawJson.IsText(fields.Delta))
        {
            reader.AddDelta(Known(_items.ForDelta(fields, kind)), part, fields.PartIndex, fields.Delta);
        }
    }

    private void AddWhole(in EventFields fields, PartKind part, ItemKind kind)
    {
        if (RawJson.IsText(fields.Whole) && _items.ForWhole(fields, kind) is { } item)
        {
            reader.AddWhole(Known(item), part, fields.PartIndex, fields.Whole);
        }
    }

    // A reasoning text without an item of its own: Qwen has it in an item of type message.
    private static OutputItem Known(OutputItem item)
    {
        if (item.Kind == ItemKind.Pending)
        {
            (item.Kind, item.MayBeMessage) = (ItemKind.Reasoning, true);
        }

        return item;
    }

    private void Announce(in EventFields fields, in ItemFields item)
    {
        var added = _items.ForAdded(fields, item);
        if (item.Kind == ItemKind.Call)
        {
            OutputReader.TakeNames(added, item);
        }
    }

    private void Complete(in EventFields fields, ReadOnlySpan<byte> raw)
    {
        var whole = ItemFields.Read(raw, json);
        if (_items.ForDone(fields, whole) is { } item)
        {
            reader.Complete(item, whole);
        }
    }

    // The number belongs to the event, and is no member of the item.
    private static byte[] WithoutNumber(ReadOnlySpan<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            var members = new Utf8JsonReader(data);
            members.Read();
            while (members.NextProperty())
            {
                var isNumber = members.Is("sequence_number"u8);
                var name = members.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(members.GetString()!) : members.ValueSpan;
                var value = members.NextRaw(data);
                if (!isNumber)
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(value, skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Start(ReadOnlySpan<byte> response)
    {
        if (IsEnded)
        {
            // Agents send several responses in one stream.
            _items.StartCycle();
            IsEnded = false;
        }

        _isStarted = true;
        ReadResponse(response);
    }

    private ReadOnlySpan<byte> ReadResponse(ReadOnlySpan<byte> response)
    {
        if (!RawJson.IsObject(response))
        {
            return default;
        }

        var fields = ResponseFields.Read(response, json, facts);
        reader.ResponseId = fields.Id ?? reader.ResponseId;
        (Status, IncompleteReason) = (fields.IsError ? "failed" : fields.Status, fields.IncompleteReason);
        return fields.Output;
    }

    private bool End(in EventFields fields)
    {
        (Status, IncompleteReason) = (null, null);
        var output = ReadResponse(fields.Response);
        (_isStarted, IsEnded) = (true, true);
        if ((fields.Kind == EventKind.Failed || Status == "failed") && !facts.IsDenied)
        {
            return false;
        }

        Status = fields.Kind == EventKind.Incomplete ? "incomplete" : Status is "in_progress" or "queued" ? null : Status;
        FinalOutput.Read(output, _items, reader, reasoning.Items, json);
        return true;
    }

    /// <summary>Returns what is complete only at the end: refusals, and calls whose whole item did not come.</summary>
    public void FinishItems()
    {
        foreach (var item in _items.All)
        {
            reader.Finish(item);
            if (item is { IsDone: false, Kind: ItemKind.Call })
            {
                reader.FinishCall(item);
            }
        }
    }
}
