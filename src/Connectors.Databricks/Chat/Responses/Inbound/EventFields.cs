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

    /// <summary>Reads the members of an event, in place: the structure is too large to be returned.</summary>
    /// <param name="data">The event.</param>
    /// <param name="name">The name of the event, for events without a type.</param>
    /// <param name="options">The reader options.</param>
    /// <param name="facts">Takes the members that an event has in addition.</param>
    /// <exception cref="JsonException">The event is not JSON.</exception>
    public void Read(ReadOnlySpan<byte> data, scoped ReadOnlySpan<byte> name, JsonReaderOptions options, ReplyFacts facts)
    {
        var reader = new Utf8JsonReader(data, options);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                ReadMember(ref reader, data, facts);
            }
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
        Kind = Kind == EventKind.Untyped ? EventKinds.Of(name) : Kind;
    }

    private void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ReplyFacts facts)
    {
        switch (EventMembers.Of(ref reader))
        {
            case EventMember.Type:
                reader.Read();
                Kind = KindOf(ref reader);
                break;
            case EventMember.Delta:
                Delta = reader.NextRaw(data);
                break;
            case EventMember.ItemId:
                ItemId = IdIn(reader.NextRaw(data));
                break;
            case EventMember.OutputIndex:
                OutputIndex = reader.NextIndex("output item");
                break;
            case EventMember.PartIndex:
                PartIndex = reader.NextIndex("content part");
                break;
            case EventMember.Unused:
                reader.Skip();
                break;
            case EventMember.Item:
                Item = reader.NextRaw(data);
                break;
            case EventMember.Response:
                Response = reader.NextRaw(data);
                break;
            case EventMember.Whole:
                Whole = reader.NextRaw(data);
                break;
            case EventMember.Part:
                Part = reader.NextRaw(data);
                break;
            case EventMember.Annotation:
                Annotation = reader.NextRaw(data);
                break;
            default:
                ReadRare(ref reader, facts);
                break;
        }
    }

    private void ReadRare(scoped ref Utf8JsonReader reader, ReplyFacts facts)
    {
        if (reader.Is("error"u8) || reader.Is("error_code"u8))
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
        return reader.ValueSpan.Length > type.Length || reader.MayBeSplit()
            ? EventKind.Unknown
            : EventKinds.Of(type[..reader.CopyString(type)]);
    }

    /// <summary>The bytes of an id; empty when it is missing, or a placeholder that several items share.</summary>
    public static ReadOnlySpan<byte> IdIn(ReadOnlySpan<byte> raw) =>
        RawJson.IsText(raw) && !raw.StartsWith("\"__fake_id"u8) ? raw[1..^1] : default;
}
