using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Keeps a text on one line, so that nobody can forge the next line of a log, nor turn around how this one is displayed.
/// </summary>
internal static class SingleLine
{
    /// <summary>The text with its line breaks, control characters and bidirectional controls escaped.</summary>
    public static string Escape(string text)
    {
        var first = FirstToEscape(text);
        if (first < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            if (!MustEscape(text, i))
            {
                escaped.Append(text[i]);
                continue;
            }

            _ = text[i] switch
            {
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                var c => escaped.Append(@"\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        return escaped.ToString();
    }

    /// <summary>The text with each line break, and the white space around it, replaced by a space, and the rest escaped.</summary>
    public static string Join(string text)
    {
        text = text.Trim();
        return text.AsSpan().IndexOfAny('\r', '\n') < 0
            ? Escape(text)
            : Escape(string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
    }

    private static int FirstToEscape(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (MustEscape(text, i))
            {
                return i;
            }
        }

        return -1;
    }

    // Half of a surrogate pair makes some sinks throw.
    private static bool MustEscape(string text, int at)
    {
        var c = text[at];
        return c is not '\uFFFD' && (EscapeDecoder.IsInvisible(c)
            || (char.IsHighSurrogate(c) && (at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])))
            || (char.IsLowSurrogate(c) && (at == 0 || !char.IsHighSurrogate(text[at - 1]))));
    }
}
