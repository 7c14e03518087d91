using System.Net;
using System.Text;

namespace Connectors.Databricks.Transport;

/// <summary>Recognizes a page of a gateway or a login, or the XML error of a cloud, and reads its text.</summary>
internal static class HtmlPage
{
    // The elements that hold the reason of a failure, the most specific first; the last ones are those of XML errors.
    private static readonly string[] Elements = ["pre", "title", "h1", "h2", "h3", "p", "message"];

    public static bool Is(string text, string? mediaType) =>
        IsMarkup(text) || (string.Equals(mediaType, "text/html", StringComparison.OrdinalIgnoreCase) && text is not ['{', ..]);

    /// <summary>Whether a text inside a document is a page: any other markup may be a quotation.</summary>
    public static bool IsPage(string text) =>
        text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase);

    // A doctype, a comment, a declaration or an element: pages of proxies begin with any of them.
    private static bool IsMarkup(string text) =>
        text is ['<', '!' or '?', ..] || (text is ['<', ..] && text.Length > 1 && char.IsAsciiLetter(text[1]));

    public static string? Words(string html)
    {
        foreach (var name in Elements)
        {
            if (Element(html, name) is { } words)
            {
                return words;
            }
        }

        return PlainText(Element(html, "body", isMarkup: true) ?? html);
    }

    // By hand: a page of open tags alone keeps a pattern with two wildcards busy for minutes.
    private static string? Element(string html, string name, bool isMarkup = false)
    {
        var open = Opening(html, name);
        var start = open < 0 ? -1 : html.IndexOf('>', open);
        var end = start < 0 ? -1 : html.IndexOf($"</{name}>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : isMarkup ? html[(start + 1)..end] : PlainText(html[(start + 1)..end]);
    }

    // "<p" is not "<pre" or "<param".
    private static int Opening(string html, string name)
    {
        var tag = $"<{name}";
        for (var open = html.IndexOf(tag, StringComparison.OrdinalIgnoreCase); open >= 0;
            open = html.IndexOf(tag, open + tag.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (open + tag.Length < html.Length && !char.IsAsciiLetterOrDigit(html[open + tag.Length]))
            {
                return open;
            }
        }

        return -1;
    }

    private static string? PlainText(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, ServiceError.LongestMessage * 2));
        for (var position = 0; position < html.Length && text.Length <= ServiceError.LongestMessage;)
        {
            if (html[position] == '<')
            {
                if (!IsInline(html, position))
                {
                    Separate(text);
                }

                position = Behind(html, position);
            }
            else
            {
                Append(text, html[position++]);
            }
        }

        var words = WebUtility.HtmlDecode(text.ToString()).Trim();
        return words.Length == 0 ? null : words;
    }

    // Elements inside of a sentence: no white space takes their place.
    private static bool IsInline(string html, int open)
    {
        var name = html.AsSpan(open + 1).TrimStart('/');
        var end = name.IndexOfAny(" >/");
        return end > 0 && name[..end] is "a" or "b" or "i" or "u" or "em" or "strong" or "span" or "code";
    }

    // The contents of a script or a style are not text.
    private static int Behind(string html, int open)
    {
        var tag = html.AsSpan(open + 1);
        var hidden = tag.StartsWith("script", StringComparison.OrdinalIgnoreCase) ? "script" :
            tag.StartsWith("style", StringComparison.OrdinalIgnoreCase) ? "style" : null;
        var end = hidden is null ? open : html.IndexOf($"</{hidden}", open, StringComparison.OrdinalIgnoreCase);
        var close = end < 0 ? -1 : html.IndexOf('>', end);
        return close < 0 ? html.Length : close + 1;
    }

    private static void Append(StringBuilder text, char character)
    {
        if (char.IsWhiteSpace(character))
        {
            Separate(text);
        }
        else
        {
            text.Append(character);
        }
    }

    private static void Separate(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
        {
            text.Append(' ');
        }
    }
}
