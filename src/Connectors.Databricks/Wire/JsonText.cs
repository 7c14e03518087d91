using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Reads JSON strings that may begin or end with half of a surrogate pair: services that escape characters split deltas between two
/// escapes. <c>Utf8JsonReader</c> rejects such a string.
/// </summary>
internal static class JsonText
{
    /// <summary>
    /// Reads a string property, including unpaired halves, or null for any other value. The reader is positioned on the property name.
    /// </summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.IsOrSkip(JsonTokenType.String) ? reader.GetText() : null;
    }

    /// <summary>Reads the current string, including unpaired halves.</summary>
    /// <exception cref="JsonException">The text has half a pair in the middle, where no other delta can complete it.</exception>
    public static string GetText(this ref Utf8JsonReader reader) =>
        reader.MayBeSplit() ? Unescaped(reader.ValueSpan) : reader.GetString()!;

    /// <summary>Whether the current string has an escaped surrogate, which may be half of a pair.</summary>
    public static bool MayBeSplit(this ref Utf8JsonReader reader) => reader.ValueIsEscaped && HasSurrogate(reader.ValueSpan);

    // Most escapes are line breaks and quotation marks.
    private static bool HasSurrogate(ReadOnlySpan<byte> text) =>
        text.IndexOf("\\u"u8) >= 0 && (text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0);

    // The reader has validated each escape.
    private static string Unescaped(ReadOnlySpan<byte> text)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            while (text.IndexOf((byte)'\\') is >= 0 and var escape)
            {
                length += Encoding.UTF8.GetChars(text[..escape], characters.AsSpan(length));
                var isUnicode = text[escape + 1] == 'u';
                characters[length++] = isUnicode ? Unit(text.Slice(escape + 2, 4)) : Short(text[escape + 1]);
                text = text[(escape + (isUnicode ? 6 : 2))..];
            }

            length += Encoding.UTF8.GetChars(text, characters.AsSpan(length));
            RequirePairs(characters.AsSpan(0, length));
            return new string(characters, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static char Unit(ReadOnlySpan<byte> digits) =>
        (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static char Short(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)letter,
    };

    private static void RequirePairs(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (!(i == 0 && char.IsLowSurrogate(text[0])) && !(i == text.Length - 1 && char.IsHighSurrogate(text[i])))
            {
                throw new JsonException("A string contains half a surrogate pair.");
            }
        }
    }
}
