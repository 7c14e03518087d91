namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Ends a token request with an OAuth error (RFC 6749 section 5.2).</summary>
internal sealed class OAuthException(int status, string error, string description) : Exception(description)
{
    public int Status { get; } = status;

    public string Error { get; } = error;

    // The codes are those of RFC 6749. Unconfirmed: every text but this one, which users of databricks-sql-nodejs report.
    public static OAuthException InvalidClient() => new(401, "invalid_client", "Client authentication failed");

    public static OAuthException InvalidRequest(string description) => new(400, "invalid_request", description);

    public static OAuthException InvalidGrant(string description) => new(400, "invalid_grant", description);

    public static OAuthException InvalidScope(string description) => new(400, "invalid_scope", description);
}
