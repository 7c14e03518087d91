using Connectors.Databricks.Sql.Results;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Which links to cloud storage are followed, and with which headers.</summary>
internal static class LinkRules
{
    // A link is a credential of its own: the storage rejects others, and a hostile one must not receive a token.
    private static readonly string[] NeverSent = ["Authorization", "Proxy-Authorization", "Cookie", "Host"];

    /// <returns>Why the link is not followed; null when it is.</returns>
    public static string? Problem(ExternalLink link) =>
        link.Uri.Scheme == Uri.UriSchemeHttps || (link.Uri.Scheme == Uri.UriSchemeHttp && link.Uri.IsLoopback)
            ? link.Headers.Any(header => !IsValid(header)) ? "the external link requires a header that cannot be sent" : null
            : "the external link is not an https address";

    public static IReadOnlyList<RequestHeader> Headers(ExternalLink link) =>
    [
        .. link.Headers.Where(header => !NeverSent.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            .Select(header => RequestHeader.CreateText(header.Name, header.Value, "http_headers")),
    ];

    private static bool IsValid((string Name, string Value) header)
    {
        try
        {
            RequestHeader.CreateText(header.Name, header.Value, "http_headers");
            return true;
        }
        catch (DatabricksCredentialException)
        {
            return false;
        }
    }
}
