using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// What the chunks of one stream have in common. From one to the next a text changes, and perhaps some counts; the hundreds of bytes around
/// them are the same, and say again what has been read already. A chunk that fits is taken by comparing it; any other is read as JSON.
/// </summary>
internal sealed class ChunkPattern(byte[] sample, ChunkGap[] gaps)
{
    /// <summary>More than a chunk has that says what all of them say.</summary>
    public const int MostGaps = 16;

    /// <summary>More digits than these may be more than a number holds.</summary>
    private const int MostDigits = 18;

    /// <summary>A quotation mark ends a string; an escape, or a byte that JSON forbids there, is left to the reader.</summary>
    private static readonly SearchValues<byte> EndsText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(value => (byte)value)]);

    /// <summary>Takes a chunk that fits, and nothing of any other.</summary>
    /// <param name="chunk">The whole event.</param>
    /// <param name="answer">The message of the first choice, which the pattern is of.</param>
    /// <param name="usage">Takes the counts.</param>
    public ChunkFit Read(ReadOnlySpan<byte> chunk, AnswerBuilder answer, UsageFromWire usage)
    {
        Span<long> numbers = stackalloc long[MostGaps];
        var (kind, text, isPlain, at, known) = (ChunkGapKind.Number, default(Range), true, 0, 0);
        for (var i = 0; i < gaps.Length; i++)
        {
            ref readonly var gap = ref gaps[i];
            var same = sample.AsSpan(known, gap.Start - known);
            if (!chunk[at..].StartsWith(same))
            {
                return ChunkFit.Differs;
            }

            at += same.Length;
            known = gap.Start + gap.Length;
            var length = gap.Kind == ChunkGapKind.Number ? DigitsAt(chunk[at..], out numbers[i]) : TextAt(chunk[at..], out isPlain);
            if (length < 0)
            {
                return ChunkFit.Differs;
            }

            if (gap.Kind != ChunkGapKind.Number)
            {
                (kind, text) = (gap.Kind, at..(at + length));
            }

            at += length;
        }

        if (!chunk[at..].SequenceEqual(sample.AsSpan(known)))
        {
            return ChunkFit.Differs;
        }

        if (!isPlain)
        {
            return ChunkFit.NeedsReader;
        }

        Count(numbers, usage);
        Add(kind, Encoding.UTF8.GetString(chunk[text]), answer);
        return ChunkFit.Fits;
    }

    private void Count(ReadOnlySpan<long> numbers, UsageFromWire usage)
    {
        for (var i = 0; i < gaps.Length; i++)
        {
            if (gaps[i].Count is { } count)
            {
                usage[count] = numbers[i];
            }
        }
    }

    private static void Add(ChunkGapKind kind, string text, AnswerBuilder answer)
    {
        switch (kind)
        {
            case ChunkGapKind.Text:
                answer.AddText(text);
                break;
            case ChunkGapKind.Summary:
                answer.AddSummary(text, signature: null);
                break;
            case ChunkGapKind.Sibling:
                answer.AddSibling(text);
                break;
        }
    }

    /// <returns>How long the text is, up to its quotation mark; -1 when it has none.</returns>
    private static int TextAt(ReadOnlySpan<byte> rest, out bool isPlain)
    {
        isPlain = true;
        var length = 0;
        while (length < rest.Length && rest[length..].IndexOfAny(EndsText) is >= 0 and var next)
        {
            length += next;
            if (rest[length] == '"')
            {
                isPlain = isPlain && Utf8.IsValid(rest[..length]);
                return length;
            }

            // What an escape means, and what a byte does that has no place there, is the reader's matter; an escaped quotation mark ends nothing.
            isPlain = false;
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
