using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>
/// Rejects queries with a credential or the address of a workspace, which LiteLLM accepts: URLs are logged, and an address would allow
/// server-side request forgery (SSRF).
/// </summary>
internal static class CredentialQuery
{
    private static readonly string[] Parts =
        ["apikey", "secret", "token", "password", "credential", "authorization", "bearer", "signature", "clientid", "privatekey"];

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "key", "pat", "auth", "jwt", "sig", "apibase", "baseurl", "base", "host", "databrickshost", "workspaceurl", "workspace", "url",
    };

    /// <exception cref="RejectedRequestException">The query has such a parameter; the message has no part of the value.</exception>
    public static void Reject(HttpContext context)
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (IsCredential(name))
            {
                throw InvalidRequests.Unsupported(
                    "Credentials and workspaces in the query are not accepted: the app has its own. Revoke a credential that was sent.",
                    null);
            }
        }
    }

    private static bool IsCredential(string name)
    {
        var word = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Names.Contains(word) || Array.Exists(Parts, part => word.Contains(part, StringComparison.Ordinal));
    }
}
