using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// The members of one event, as spans of its data: one pass, which allocates nothing. Of a repeated member, the last counts.
/// </summary>
internal ref struct EventFields
{
    public EventKind Kind { get; private set; }

    /// <summary>Whether the event has an error object.</summary>
    public bool IsError { get; private set; }

    /// <summary>Whether the event is a chunk of a chat completion.</summary>
    public bool IsChatChunk { get; private set; }

    public int? OutputIndex { get; private set; }

    /// <summary>The index among the parts of the item, or of its summary.</summary>
    public int? PartIndex { get; private set; }

    public ReadOnlySpan<byte> ItemId { get; private set; }

    public ReadOnlySpan<byte> Delta { get; private set; }

    /// <summary>The whole text, refusal or arguments.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    public ReadOnlySpan<byte> Part { get; private set; }

    public ReadOnlySpan<byte> Item { get; private set; }

    public ReadOnlySpan<byte> Annotation { get; private set; }

    public ReadOnlySpan<byte> Response { get; private set; }

    /// <summary>Reads the members of an event.</summary>
    /// <param name="data">The event.</param>
    /// <param name="name">The name of the event, for events without a type.</param>
    /// <param name="options">The reader options.</param>
    /// <param name="facts">Takes the members that an event has in addition.</param>
    /// <exception cref="JsonException">The event is not JSON.</exception>
    public static EventFields Read(ReadOnlySpan<byte> data, scoped ReadOnlySpan<byte> name, JsonReaderOptions options, ReplyFacts facts)
    {
        var fields = new EventFields();
        var reader = new Utf8JsonReader(data, options);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                fields.ReadMember(ref reader, data, facts);
            }
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
        fields.Kind = fields.Kind == EventKind.Untyped ? EventKinds.Of(name) : fields.Kind;
        return fields;
    }

    private void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ReplyFacts facts)
    {
        if (reader.Is("type"u8))
        {
            reader.Read();
            Kind = KindOf(ref reader);
        }
        else if (reader.Is("delta"u8))
        {
            Delta = reader.NextRaw(data);
        }
        else if (reader.Is("item_id"u8))
        {
            ItemId = IdIn(reader.NextRaw(data));
        }
        else if (reader.Is("output_index"u8))
        {
            OutputIndex = reader.NextIndex("output item");
        }
        else if (reader.Is("content_index"u8) || reader.Is("summary_index"u8))
        {
            PartIndex = reader.NextIndex("content part");
        }
        else if (reader.Is("sequence_number"u8) || reader.Is("logprobs"u8) || reader.Is("obfuscation"u8))
        {
            reader.Skip();
        }
        else if (reader.Is("item"u8))
        {
            Item = reader.NextRaw(data);
        }
        else if (reader.Is("response"u8))
        {
            Response = reader.NextRaw(data);
        }
        else if (reader.Is("text"u8) || reader.Is("refusal"u8) || reader.Is("arguments"u8))
        {
            Whole = reader.NextRaw(data);
        }
        else
        {
            ReadRare(ref reader, data, facts);
        }
    }

    private void ReadRare(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ReplyFacts facts)
    {
        if (reader.Is("part"u8))
        {
            Part = reader.NextRaw(data);
        }
        else if (reader.Is("annotation"u8))
        {
            Annotation = reader.NextRaw(data);
        }
        else if (reader.Is("error"u8) || reader.Is("error_code"u8))
        {
            IsError |= reader.NextIsError(isErrorName: true);
        }
        else if (reader.Is("trace_id"u8))
        {
            facts.TraceId = reader.NextString() ?? facts.TraceId;
        }
        else if (reader.Is("usage"u8))
        {
            facts.Usage.Read(ref reader);
        }
        else if (!facts.TryReadAddition(ref reader))
        {
            IsChatChunk |= reader.Is("choices"u8);
            reader.Skip();
        }
    }

    private static EventKind KindOf(ref Utf8JsonReader reader)
    {
        if (!reader.IsOrSkip(JsonTokenType.String))
        {
            return EventKind.Untyped;
        }

        if (!reader.ValueIsEscaped)
        {
            return EventKinds.Of(reader.ValueSpan);
        }

        Span<byte> type = stackalloc byte[64];
        return reader.ValueSpan.Length > type.Length ? EventKind.Unknown : EventKinds.Of(type[..reader.CopyString(type)]);
    }

    /// <summary>The bytes of an id; empty when it is missing, or a placeholder that several items share.</summary>
    public static ReadOnlySpan<byte> IdIn(ReadOnlySpan<byte> raw) =>
        RawJson.IsText(raw) && !raw.StartsWith("\"__fake_id"u8) ? raw[1..^1] : default;
}
