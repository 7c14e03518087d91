namespace Connectors.Databricks.Emulator.OAuth;

internal enum OAuthResource
{
    HostMetadata,
    ServerMetadata,
    Token,
}

/// <summary>The OAuth resource that a request names, and the account in its path; null for the workspace.</summary>
internal sealed record OAuthTarget(OAuthResource Resource, string? AccountId = null)
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The segments of the path.</param>
    public static OAuthTarget? Find(string method, string[] path) => (method, path) switch
    {
        ("GET", [".well-known", "databricks-config"]) => new(OAuthResource.HostMetadata),
        (_, ["oidc", "accounts", string account, .. string[] rest]) => FindServer(method, rest, account),
        (_, ["oidc", .. string[] rest]) => FindServer(method, rest, null),
        _ => null,
    };

    private static OAuthTarget? FindServer(string method, string[] path, string? account) => (method, path) switch
    {
        ("GET", [".well-known", "oauth-authorization-server"]) => new(OAuthResource.ServerMetadata, account),
        ("POST", ["v1", "token"]) => new(OAuthResource.Token, account),
        _ => null,
    };
}
