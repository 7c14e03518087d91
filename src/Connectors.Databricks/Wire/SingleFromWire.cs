using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Reads JSON numbers as <see cref="float"/>, exact to the bit. The digits become a whole number, that a <see cref="double"/>, and that
/// times a power of ten is right but for a few units in its last place. Narrowing it rounds right, unless the double lies that close to
/// the middle between two floats: once in fifty million numbers, and then the framework's own parser decides.
/// </summary>
internal static class SingleFromWire
{
    /// <summary>So many bytes must follow the start of a number that is read without looking for its end.</summary>
    public const int FastLength = 40;

    /// <summary>With more digits before the dot, the whole number could overflow; nothing is lost but time.</summary>
    private const int MostWholeDigits = 3;

    /// <summary>The bits of a double beyond a float's: where they are a one and zeros, the double is halfway between two floats.</summary>
    private const long Excess = (1L << 29) - 1;
    private const long Halfway = 1L << 28;

    /// <summary>The whole number, the power of ten and their product are each rounded once: below 3 units in the last place.</summary>
    private const long Uncertainty = 4;

    private static readonly SearchValues<byte> Characters = SearchValues.Create("+-.0123456789Ee"u8);

    private static readonly double[] Scales =
    [
        1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12,
        1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22, 1e-23, 1e-24,
    ];

    private static readonly ulong[] Tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Below it, so many more digits fit 64 bits.</summary>
    private static readonly ulong[] Limits = [.. Enumerable.Range(0, 9).Select(digits => 10_000_000_000_000_000_000 / Tens[digits])];

    /// <summary>Reads an ordinary number, of which <see cref="FastLength"/> bytes must be there.</summary>
    /// <returns>Its length; 0 when there is none, or one that this way in does not read, for <see cref="Read"/> to judge.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TryReadFast(ref byte utf8, out float value)
    {
        value = 0;
        var position = utf8 == '-' ? 1 : 0;
        var sign = position << 31;
        ulong number = (uint)(Unsafe.Add(ref utf8, position) - '0');
        if (number > 9)
        {
            return 0;
        }

        position++;
        if (number != 0)
        {
            for (var more = 1; more < MostWholeDigits && Digit(ref utf8, position) is <= 9 and var digit; more++)
            {
                number = (number * 10) + digit;
                position++;
            }
        }

        var fraction = 0;
        if (Unsafe.Add(ref utf8, position) == '.')
        {
            fraction = ReadFraction(ref Unsafe.Add(ref utf8, position + 1), ref number);
            if (fraction <= 0)
            {
                return 0;
            }

            position += 1 + fraction;
        }

        // More digits, an exponent, a second dot: seldom enough for the long way.
        if (Digit(ref utf8, position) <= 9 || (Unsafe.Add(ref utf8, position) | 0x20) == 'e' || Unsafe.Add(ref utf8, position) == '.')
        {
            return 0;
        }

        var magnitude = number * Scales[fraction];
        var excess = BitConverter.DoubleToInt64Bits(magnitude) & Excess;
        value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)magnitude) | sign);
        return (ulong)(excess - Halfway + Uncertainty) > 2 * Uncertainty ? position : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Digit(ref byte utf8, int position) => (uint)(Unsafe.Add(ref utf8, position) - '0');

    // Eight digits at a time, twice, and then those that are left, at most eight, at once. 0: none. -1: too many for 64 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadFraction(ref byte utf8, ref ulong number)
    {
        var count = 0;
        var word = Word(ref utf8);
        var others = OtherThanDigits(word);
        while (others == 0 && count < 16)
        {
            number = (number * 100_000_000) + Join(word);
            count += 8;
            word = Word(ref Unsafe.Add(ref utf8, count));
            others = OtherThanDigits(word);
        }

        var left = others == 0 ? 8 : BitOperations.TrailingZeroCount(others) >> 3;
        if (number >= Limits[left])
        {
            return -1;
        }

        // Digits move to the end of the word, and zeros follow them in; a shift by all 64 bits would be none, so it is made in two.
        number = (number * Tens[left]) + Join((word << ((8 - left) * 4)) << ((8 - left) * 4));
        return count + left;
    }

    // The words' arithmetic wants the first digit in the lowest byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte utf8)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref utf8);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    // A digit is 0x30 to 0x39: neither it nor it plus six leaves 0x30 to 0x3F. The lowest byte that is not zero is no digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OtherThanDigits(ulong word) =>
        ((word & 0xF0F0F0F0F0F0F0F0) | (((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) ^ 0x3333333333333333;

    // Pairs of digits become numbers below 100, those numbers below 10,000, and those one, each step for all of them at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(ulong word)
    {
        word &= 0x0F0F0F0F0F0F0F0F;
        word = (word * 10) + (word >> 8);
        return (((word & 0x000000FF000000FF) * 0x000F424000000064) + (((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    }

    /// <summary>Reads the number at the start of <paramref name="utf8"/>, whatever its length.</summary>
    /// <param name="utf8">What is there.</param>
    /// <param name="isAll">Whether nothing more comes.</param>
    /// <param name="value">The number.</param>
    /// <returns>Its length; 0 when it may go on behind the data; -1 when this is no JSON number, or none that a float can hold.</returns>
    public static int Read(ReadOnlySpan<byte> utf8, bool isAll, out float value)
    {
        value = 0;
        var end = utf8.IndexOfAnyExcept(Characters);
        var length = end >= 0 ? end : utf8.Length;
        if (end < 0 && !isAll)
        {
            return 0;
        }

        return IsNumber(utf8[..length])
            && float.TryParse(utf8[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && float.IsFinite(value) ? length : -1;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        text = text is [(byte)'-', ..] ? text[1..] : text;
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (text is [(byte)'.', ..])
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(1 + fraction)..];
        }

        if (text is [(byte)'e' or (byte)'E', ..])
        {
            text = text[1..] is [(byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
            return text.Length > 0 && Digits(text) == text.Length;
        }

        return text.IsEmpty;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
