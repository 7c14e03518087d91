using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Connectors.Databricks.Chat.Replies;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>
/// A template of a chunk: constant byte segments and variable slots. From one chunk of a stream to the next only the text and a few counts
/// change; the hundreds of bytes around them are the same. A chunk that matches is read without a JSON parser; any other is parsed.
/// </summary>
/// <param name="bytes">The constant bytes, concatenated.</param>
/// <param name="slots">The slots, in document order.</param>
/// <param name="constants">The values in the constant bytes.</param>
internal sealed class ChunkTemplate(byte[] bytes, TemplateSlot[] slots, TemplateConstants constants)
{
    /// <summary>The maximum number of slots; a chunk with all known variable values has fewer.</summary>
    public const int MaxSlots = 16;

    /// <summary>
    /// The maximum number of constant bytes. Every known chunk has fewer, and a client keeps a template for its lifetime.
    /// </summary>
    public const int MaxBytes = 4096;

    /// <summary>The maximum number of digits that a 64-bit integer always holds.</summary>
    private const int MaxDigits = 18;

    /// <summary>
    /// The bytes that end the scan of a string: a quotation mark, an escape, or a control character, which JSON forbids in strings.
    /// </summary>
    private static readonly SearchValues<byte> EndsText = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(value => (byte)value)]);

    /// <summary>Reads the values of a chunk that matches. Of any other chunk, nothing is read.</summary>
    public MatchResult Read(ReadOnlySpan<byte> chunk, ReplyFacts facts, ChoiceStreams choices)
    {
        Span<Range> texts = stackalloc Range[MaxSlots];
        Span<long> numbers = stackalloc long[MaxSlots];
        var (isPlain, at, compared) = (true, 0, 0);
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var slot = ref slots[i];
            var same = bytes.AsSpan(compared, slot.Offset - compared);
            if (!chunk[at..].StartsWith(same))
            {
                return MatchResult.NoMatch;
            }

            at += same.Length;
            compared = slot.Offset;
            var length = slot.HoldsText ? TextAt(chunk[at..], ref isPlain) : DigitsAt(chunk[at..], out numbers[i]);
            if (length < 0)
            {
                return MatchResult.NoMatch;
            }

            texts[i] = at..(at + length);
            at += length;
        }

        if (!chunk[at..].SequenceEqual(bytes.AsSpan(compared)))
        {
            return MatchResult.NoMatch;
        }

        if (!isPlain)
        {
            return MatchResult.NeedsParser;
        }

        var answer = choices.First;
        answer.Role = constants.Role ?? answer.Role;
        facts.TakeConstants(constants.Model, constants.ServiceTier, constants.SystemFingerprint);
        for (var i = 0; i < slots.Length; i++)
        {
            Take(slots[i], chunk[texts[i]], numbers[i], facts, answer);
        }

        return MatchResult.Matched;
    }

    private static void Take(TemplateSlot slot, ReadOnlySpan<byte> text, long number, ReplyFacts facts, AnswerBuilder answer)
    {
        switch (slot.Kind)
        {
            case TemplateSlotKind.Created:
                facts.TakeCreated(number);
                break;
            case TemplateSlotKind.Count:
                facts.Usage[slot.Count] = number;
                break;
            case TemplateSlotKind.OtherCount:
                facts.Usage.SetOther(slot.Name!, number);
                break;
            case TemplateSlotKind.Id:
                facts.TakeId(text);
                break;
            case TemplateSlotKind.Text:
                answer.AddText(Encoding.UTF8.GetString(text));
                break;
            case TemplateSlotKind.Summary:
                answer.AddSummary(Encoding.UTF8.GetString(text), signature: null);
                break;
            case TemplateSlotKind.Sibling:
                answer.AddSibling(Encoding.UTF8.GetString(text));
                break;
        }
    }

    /// <returns>The length of the string up to its closing quotation mark, or -1 when there is none.</returns>
    private static int TextAt(ReadOnlySpan<byte> rest, ref bool isPlain)
    {
        var hasEscapes = false;
        var length = 0;
        while (length < rest.Length && rest[length..].IndexOfAny(EndsText) is >= 0 and var next)
        {
            length += next;
            if (rest[length] == '"')
            {
                isPlain = isPlain && !hasEscapes && Utf8.IsValid(rest[..length]);
                return length;
            }

            // Escapes and invalid bytes are left to the JSON parser. An escaped quotation mark does not end the string.
            hasEscapes = true;
            length += rest[length] == '\\' ? 2 : 1;
        }

        return -1;
    }

    // The caller compares the bytes that follow: a fraction or an exponent does not match.
    private static int DigitsAt(ReadOnlySpan<byte> rest, out long number)
    {
        number = 0;
        var length = 0;
        while (length < rest.Length && length <= MaxDigits && char.IsAsciiDigit((char)rest[length]))
        {
            number = (number * 10) + (rest[length++] - '0');
        }

        return length is 0 or > MaxDigits || (length > 1 && rest[0] == '0') ? -1 : length;
    }
}
