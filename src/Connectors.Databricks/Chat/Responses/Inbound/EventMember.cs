using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The members of an event that are read.</summary>
internal enum EventMember
{
    Other,
    Type,
    Delta,
    ItemId,
    OutputIndex,
    PartIndex,
    Item,
    Response,
    Whole,
    Part,
    Annotation,

    /// <summary>A member of deltas that is never used.</summary>
    Unused,
}

/// <summary>Recognizes the members of an event: by length first, because every delta has about eight of them.</summary>
internal static class EventMembers
{
    private const int LongestName = 32;

    /// <summary>The member that the reader is positioned on.</summary>
    public static EventMember Of(scoped ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Of(reader.ValueSpan);
        }

        Span<byte> name = stackalloc byte[LongestName];
        return reader.ValueSpan.Length > name.Length || reader.MayBeSplit() ? EventMember.Other : Of(name[..reader.CopyString(name)]);
    }

    private static EventMember Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => OfFour(name),
        5 when name.SequenceEqual("delta"u8) => EventMember.Delta,
        7 when name.SequenceEqual("item_id"u8) => EventMember.ItemId,
        7 when name.SequenceEqual("refusal"u8) => EventMember.Whole,
        8 when name.SequenceEqual("response"u8) => EventMember.Response,
        8 when name.SequenceEqual("logprobs"u8) => EventMember.Unused,
        9 when name.SequenceEqual("arguments"u8) => EventMember.Whole,
        10 when name.SequenceEqual("annotation"u8) => EventMember.Annotation,
        11 when name.SequenceEqual("obfuscation"u8) => EventMember.Unused,
        12 when name.SequenceEqual("output_index"u8) => EventMember.OutputIndex,
        13 when name.SequenceEqual("content_index"u8) || name.SequenceEqual("summary_index"u8) => EventMember.PartIndex,
        15 when name.SequenceEqual("sequence_number"u8) => EventMember.Unused,
        _ => EventMember.Other,
    };

    private static EventMember OfFour(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? EventMember.Type :
        name.SequenceEqual("item"u8) ? EventMember.Item :
        name.SequenceEqual("text"u8) ? EventMember.Whole :
        name.SequenceEqual("part"u8) ? EventMember.Part :
        EventMember.Other;
}
