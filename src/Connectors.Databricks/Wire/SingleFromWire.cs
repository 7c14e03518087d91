using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Parses JSON numbers as <see cref="float"/> with correct rounding. The digits are read as an integer and converted to <see
/// cref="double"/>; the product with a power of ten is accurate to a few units in the last place. Narrowing it rounds correctly, unless the
/// double is that close to the midpoint of two floats, once in about fifty million numbers; then the parser of .NET is used.
/// </summary>
internal static class SingleFromWire
{
    /// <summary>The number of bytes that must be available to read a number without bounds checks.</summary>
    public const int FastLength = 40;

    /// <summary>With more digits before the decimal point the integer could overflow; such numbers take the slow path.</summary>
    private const int MostWholeDigits = 3;

    /// <summary>The bits of a double that a float lacks; a one followed by zeros is the midpoint of two floats.</summary>
    private const long Excess = (1L << 29) - 1;
    private const long Halfway = 1L << 28;

    /// <summary>The integer, the power of ten and their product are each rounded once: less than 3 units in the last place.</summary>
    private const long Uncertainty = 4;

    private static readonly SearchValues<byte> Characters = SearchValues.Create("+-.0123456789Ee"u8);

    private static readonly double[] Scales =
    [
        1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12,
        1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22, 1e-23, 1e-24,
    ];

    private static readonly ulong[] Tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Below this value, eight more digits fit 64 bits.</summary>
    private static readonly ulong[] Limits = [.. Enumerable.Range(0, 9).Select(digits => 10_000_000_000_000_000_000 / Tens[digits])];

    /// <summary>The fast path for ordinary numbers; <see cref="FastLength"/> bytes must be available.</summary>
    /// <returns>The length of the number, or 0 when it requires the slow path of <see cref="Read"/>.</returns>
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

        // More digits, an exponent, or a second decimal point: the slow path.
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

    // Eight digits at a time, twice, then at most eight remaining digits. Returns 0 for none, and -1 for too many for 64 bits.
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

        // Shifts the digits to the end of the word and fills with zeros, in two steps, because a shift by 64 bits has no effect.
        number = (number * Tens[left]) + Join((word << ((8 - left) * 4)) << ((8 - left) * 4));
        return count + left;
    }

    // The arithmetic requires the first digit in the lowest byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte utf8)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref utf8);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    // A digit is 0x30 to 0x39: neither it nor it plus six is outside of 0x30 to 0x3F. The lowest nonzero byte is not a digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OtherThanDigits(ulong word) =>
        ((word & 0xF0F0F0F0F0F0F0F0) | (((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) ^ 0x3333333333333333;

    // Combines digits to numbers below 100, then below 10,000, then to one number, each step for all of them at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(ulong word)
    {
        word &= 0x0F0F0F0F0F0F0F0F;
        word = (word * 10) + (word >> 8);
        return (((word & 0x000000FF000000FF) * 0x000F424000000064) + (((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    }

    /// <summary>Reads the number at the start of <paramref name="utf8"/>, of any length.</summary>
    /// <param name="utf8">The available data.</param>
    /// <param name="isAll">Whether the data is complete.</param>
    /// <param name="value">The number.</param>
    /// <returns>
    /// The length of the number; 0 when more data may follow; -1 when it is not a JSON number, or is out of range for a float.
    /// </returns>
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
