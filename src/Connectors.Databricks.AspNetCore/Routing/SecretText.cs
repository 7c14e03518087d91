using System.Text.RegularExpressions;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>
/// Masks what looks like a secret in the texts that users of the workspace write, such as descriptions and tags. Members that are meant for
/// secrets are not read at all.
/// </summary>
internal static partial class SecretText
{
    private const string Mask = "***";
    private const int MaxLength = 2_000;

    public static string Of(string text)
    {
        // A text is cut after it was searched: the rest of a secret would not look like one.
        var searched = text.Length > 4 * MaxLength ? text[..(4 * MaxLength)] : text;
        var masked = NamedSecret().Replace(UserInfo().Replace(Token().Replace(searched, Mask), $"{Mask}@"), Mask);
        return masked.Length <= MaxLength ? masked : $"{masked.AsSpan(0, MaxLength)}…";
    }

    /// <summary>Returns the value of a tag; a mask if the key is the name of a secret.</summary>
    public static string OfTag(string key, string value) => value.Length > 0 && SecretKey().IsMatch(key) ? Mask : Of(value);

    [GeneratedRegex(Diagnostics.SecretPatterns.Token)]
    private static partial Regex Token();

    [GeneratedRegex(Diagnostics.SecretPatterns.UserInfo)]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        @"(?<=\b(?i:password|api[_-]?key|client[_-]?secret|access[_-]?token)\s{0,4}[=:]\s{0,4})\S{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex NamedSecret();

    [GeneratedRegex(
        @"(?:passwords?|passwd|secrets?|credentials?|(?:api|access|private|account)[_.-]?keys?|token)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretKey();
}
