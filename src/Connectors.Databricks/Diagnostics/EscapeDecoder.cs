using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Diagnostics;

/// <summary>Decodes one escape of JSON, of an address or a form, or of HTML.</summary>
internal static class EscapeDecoder
{
    private const int LongestEntity = 12;

    public static bool ContainsEscape(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '\\' or '%' or '&' || IsInvisible(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Control and format characters, such as line breaks, NUL and bidirectional controls, and replacements of invalid UTF-8.
    /// </summary>
    public static bool IsInvisible(char c) =>
        c < ' ' || (c > '~' && (c == '\uFFFD' || char.GetUnicodeCategory(c) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <summary>Appends the decoded first character or escape, which may be empty.</summary>
    /// <returns>The number of characters read.</returns>
    public static int Decode(ReadOnlySpan<char> text, StringBuilder into)
    {
        switch (text[0])
        {
            case '\\':
                return Backslash(text, into);
            case '%':
                return Percent(text, into);
            case '&':
                return Entity(text, into);
            default:
                Append(text[0], into);
                return 1;
        }
    }

    // JSON within JSON doubles backslashes. A backslash itself is dropped, of the text and of the secret alike.
    private static int Backslash(ReadOnlySpan<char> text, StringBuilder into)
    {
        var length = text.IndexOfAnyExcept('\\');
        if (length < 0)
        {
            return text.Length;
        }

        if (text[length] == 'u' && TryParseHex(text[(length + 1)..], 4, out var unit))
        {
            Append((char)unit, into);
            return length + 5;
        }

        return text[length] is 'n' or 'r' or 't' or 'b' or 'f' ? length + 1 : length;
    }

    private static int Percent(ReadOnlySpan<char> text, StringBuilder into)
    {
        if (!TryParsePercent(text, out var first, out var length))
        {
            into.Append('%');
            return 1;
        }

        Span<byte> octets = [first, 0, 0, 0];
        var count = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        for (var i = 1; i < count; i++)
        {
            if (!TryParsePercent(text[length..], out octets[i], out var more))
            {
                return length;
            }

            length += more;
        }

        Span<char> characters = stackalloc char[4];
        foreach (var c in characters[..Encoding.UTF8.GetChars(octets[..count], characters)])
        {
            Append(c, into);
        }

        return length;
    }

    // %25 is a percent sign that was encoded again: an address within an address.
    private static bool TryParsePercent(ReadOnlySpan<char> text, out byte octet, out int length)
    {
        (octet, length) = (0, 1);
        if (text is not ['%', ..])
        {
            return false;
        }

        while (text[length..] is ['2', '5', ..] && TryParseHex(text[(length + 2)..], 2, out _))
        {
            length += 2;
        }

        var isHex = TryParseHex(text[length..], 2, out var value);
        octet = (byte)value;
        length += 2;
        return isHex;
    }

    private static int Entity(ReadOnlySpan<char> text, StringBuilder into)
    {
        var start = 1;
        while (text[start..].StartsWith("amp;", StringComparison.Ordinal))
        {
            start += 4;
        }

        var rest = text[start..];
        var end = rest[..Math.Min(rest.Length, LongestEntity)].IndexOf(';');
        var decoded = end < 0 ? null : rest[..end] switch
        {
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            ['#', 'x' or 'X', .. var digits] => Character(digits, NumberStyles.AllowHexSpecifier),
            ['#', .. var digits] => Character(digits, NumberStyles.None),
            _ => null,
        };
        if (decoded is null)
        {
            into.Append('&');
            return start;
        }

        foreach (var c in decoded)
        {
            Append(c, into);
        }

        return start + end + 1;
    }

    private static string? Character(ReadOnlySpan<char> digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value) ? new Rune(value).ToString() : null;

    private static bool TryParseHex(ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        return text.Length >= digits
            && int.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void Append(char c, StringBuilder into)
    {
        if (!IsInvisible(c))
        {
            into.Append(c);
        }
    }
}
