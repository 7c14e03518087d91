using System.Globalization;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// A host as configured, reduced to scheme and authority, with the ids of its query string (authentication reference §3).
/// </summary>
internal sealed record HostAddress(Uri Address, string? WorkspaceId, string? AccountId)
{
    /// <exception cref="FormatException">The text names no host, or one that a token must not travel to.</exception>
    public static HostAddress Parse(string text)
    {
        // 'localhost:8080' would parse as the scheme 'localhost'.
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !IsHostName(uri.IdnHost))
        {
            throw new FormatException($"'{WithoutUserInfo(text)}' names no host. Write it as https://<workspace>.");
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            // Every request carries a token: it must not travel in clear text.
            throw new FormatException(
                $"'{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}' does not use https. " +
                "Plain http is accepted for loopback addresses alone.");
        }

        var query = Query(uri);
        return new HostAddress(
            new UriBuilder(uri.Scheme, uri.IdnHost, uri.Port).Uri,
            query.GetValueOrDefault("w") ?? Number(query, "o") ?? Number(query, "workspace_id"),
            query.GetValueOrDefault("a") ?? query.GetValueOrDefault("account_id"));
    }

    // 'https' is left of 'https:/x', 'https//x' and 'https://https://x': the token would be sent to a host of that name. In the ASCII form,
    // which removes invisible and full-width characters; text without an ASCII form is not a host name.
    private static bool IsHostName(string host) => host.TrimEnd('.') is not ("http" or "https") && host.All(char.IsAscii);

    private static Dictionary<string, string> Query(Uri uri)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts is [var name, { Length: > 0 } value])
            {
                values.TryAdd(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
            }
        }

        return values;
    }

    private static string? Number(Dictionary<string, string> query, string name) =>
        query.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? text
            : null;

    // An address may carry a password before its @, and a line break anywhere.
    private static string WithoutUserInfo(string text) => SingleLineText.Of(text[(text.LastIndexOf('@') + 1)..]);
}
