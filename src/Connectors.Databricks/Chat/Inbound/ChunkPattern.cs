using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// What the chunks of a stream have in common. From one to the next a text changes, and perhaps some counts; the hundreds of bytes around
/// them are the same. A chunk that fits is taken by comparing it, whatever came before it; any other is read as JSON.
/// </summary>
/// <param name="known">The bytes that all have in common, one after the other.</param>
/// <param name="gaps">Where they part, in order.</param>
/// <param name="said">What those bytes say.</param>
internal sealed class ChunkPattern(byte[] known, ChunkGap[] gaps, ChunkFacts said)
{
    /// <summary>More than a chunk has that says what all of them say.</summary>
    public const int MostGaps = 16;

    /// <summary>More than stands around the text of any chunk that is known: a client keeps them for as long as it lives.</summary>
    public const int MostBytes = 4096;

    /// <summary>More digits than these may be more than a number holds.</summary>
    private const int MostDigits = 18;

    /// <summary>A quotation mark ends a string; an escape, or a byte that JSON forbids there, is left to the reader.</summary>
    private static readonly SearchValues<byte> EndsText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(value => (byte)value)]);

    /// <summary>Takes a chunk that fits, and nothing of any other.</summary>
    public ChunkFit Read(ReadOnlySpan<byte> chunk, ReplyFacts facts, ChoiceStreams choices)
    {
        Span<Range> texts = stackalloc Range[MostGaps];
        Span<long> numbers = stackalloc long[MostGaps];
        var (isPlain, at, compared) = (true, 0, 0);
        for (var i = 0; i < gaps.Length; i++)
        {
            ref readonly var gap = ref gaps[i];
            var same = known.AsSpan(compared, gap.At - compared);
            if (!chunk[at..].StartsWith(same))
            {
                return ChunkFit.Differs;
            }

            at += same.Length;
            compared = gap.At;
            var length = gap.HoldsText ? TextAt(chunk[at..], ref isPlain) : DigitsAt(chunk[at..], out numbers[i]);
            if (length < 0)
            {
                return ChunkFit.Differs;
            }

            texts[i] = at..(at + length);
            at += length;
        }

        if (!chunk[at..].SequenceEqual(known.AsSpan(compared)))
        {
            return ChunkFit.Differs;
        }

        if (!isPlain)
        {
            return ChunkFit.NeedsReader;
        }

        var answer = choices.First;
        answer.Role = said.Role ?? answer.Role;
        facts.Take(said);
        for (var i = 0; i < gaps.Length; i++)
        {
            Take(gaps[i], chunk[texts[i]], numbers[i], facts, answer);
        }

        return ChunkFit.Fits;
    }

    private static void Take(ChunkGap gap, ReadOnlySpan<byte> text, long number, ReplyFacts facts, AnswerBuilder answer)
    {
        switch (gap.Kind)
        {
            case ChunkGapKind.Created:
                facts.TakeCreated(number);
                break;
            case ChunkGapKind.Count:
                facts.Usage[gap.Count] = number;
                break;
            case ChunkGapKind.OtherCount:
                facts.Usage.SetOther(gap.Name!, number);
                break;
            case ChunkGapKind.Id:
                facts.TakeId(text);
                break;
            case ChunkGapKind.Text:
                answer.AddText(Encoding.UTF8.GetString(text));
                break;
            case ChunkGapKind.Summary:
                answer.AddSummary(Encoding.UTF8.GetString(text), signature: null);
                break;
            case ChunkGapKind.Sibling:
                answer.AddSibling(Encoding.UTF8.GetString(text));
                break;
        }
    }

    /// <returns>How long the text is, up to its quotation mark; -1 when it has none.</returns>
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

            // What an escape means, and what a byte does that has no place there, is the reader's matter; an escaped quotation mark ends nothing.
            hasEscapes = true;
            length += rest[length] == '\\' ? 2 : 1;
        }

        return -1;
    }

    // What follows the digits is compared by whoever called: were it a fraction, it would not fit.
    private static int DigitsAt(ReadOnlySpan<byte> rest, out long number)
    {
        number = 0;
        var length = 0;
        while (length < rest.Length && length <= MostDigits && char.IsAsciiDigit((char)rest[length]))
        {
            number = (number * 10) + (rest[length++] - '0');
        }

        return length is 0 or > MostDigits || (length > 1 && rest[0] == '0') ? -1 : length;
    }
}

/// <summary>How a chunk and a pattern go together.</summary>
internal enum ChunkFit
{
    /// <summary>It is another chunk.</summary>
    Differs,

    /// <summary>It is one of these, but its text must be read: it has an escape, say.</summary>
    NeedsReader,

    /// <summary>It was taken.</summary>
    Fits,
}
