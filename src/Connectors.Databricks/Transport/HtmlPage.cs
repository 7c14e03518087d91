using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>Detects an HTML page of a gateway or a login by its start, and reads its title or text.</summary>
internal static class HtmlPage
{
    private static readonly string[] Starts = ["<!doctype", "<html", "<head", "<body"];

    public static bool Is(string text, string? mediaType) =>
        Starts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) ||
        (string.Equals(mediaType, "text/html", StringComparison.OrdinalIgnoreCase) && text is not ['{', ..]);

    public static string? Words(string html) => Element(html, "pre") ?? Element(html, "title");

    // By hand: a page of open tags only takes a regular expression with two wildcards minutes.
    private static string? Element(string html, string name)
    {
        var open = html.IndexOf($"<{name}", StringComparison.OrdinalIgnoreCase);
        var start = open < 0 ? -1 : html.IndexOf('>', open);
        var end = start < 0 ? -1 : html.IndexOf($"</{name}>", start, StringComparison.OrdinalIgnoreCase);
        var text = end < 0 ? string.Empty : WebUtility.HtmlDecode(html[(start + 1)..end]).Trim();
        return text.Length == 0 ? null : text;
    }
}
