using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Makes untrusted text safe to show to a person: one line, a bounded length, and every control, bidirectional or invisible character
/// escaped.
/// </summary>
internal static class SingleLineText
{
    /// <summary>The text itself when it is printable ASCII, as most are.</summary>
    public static string Of(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Of(text, int.MaxValue) : text;

    /// <param name="text">The text.</param>
    /// <param name="maxLength">The maximum length of the result, in characters; a longer one ends in an ellipsis.</param>
    public static string Of(string? text, int maxLength) => Escape(text ?? string.Empty, maxLength, isQuoted: false, out _);

    /// <summary>
    /// Puts the text between single quotes and escapes those that it contains, so that it cannot pass for the sentence around it. A text
    /// that is cut is followed by its length.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The maximum length between the quotes, in characters.</param>
    public static string Quote(string text, int maxLength)
    {
        var escaped = Escape(text, maxLength, isQuoted: true, out var isCut);
        return isCut ? string.Create(CultureInfo.InvariantCulture, $"'{escaped}' ({text.Length} characters)") : $"'{escaped}'";
    }

    /// <summary>Whether the text shows every character that it has, on one line.</summary>
    public static bool IsVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static string Escape(string text, int maxLength, bool isQuoted, out bool isCut)
    {
        var escaped = new StringBuilder(Math.Min(text.Length, maxLength));
        Span<char> buffer = stackalloc char[10];
        foreach (var rune in text.EnumerateRunes())
        {
            var piece = buffer[..Write(rune, isQuoted, buffer)];
            if (escaped.Length + piece.Length > maxLength)
            {
                isCut = true;
                return escaped.Append('…').ToString();
            }

            escaped.Append(piece);
        }

        isCut = false;
        return escaped.ToString();
    }

    private static int Write(Rune rune, bool isQuoted, Span<char> buffer)
    {
        if (isQuoted && rune.Value is '\'' or '\\')
        {
            buffer[0] = '\\';
            return 1 + rune.EncodeToUtf16(buffer[1..]);
        }

        if (!IsHidden(rune))
        {
            return rune.EncodeToUtf16(buffer);
        }

        var isWritten = rune.IsBmp
            ? buffer.TryWrite(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}", out var length)
            : buffer.TryWrite(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}", out length);
        return isWritten ? length : throw new InvalidOperationException("An escape has at most 10 characters.");
    }

    private static bool IsHidden(Rune rune) => rune.Value != ' ' && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator => true,
        _ => IsIgnorable(rune.Value),
    };

    // Letters and marks without a glyph: Unicode's Default_Ignorable_Code_Point beyond the categories above, and the blank Braille pattern.
    private static bool IsIgnorable(int value) => value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
