namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Acquires tokens of one authentication type, without a cache.</summary>
/// <param name="AuthType">The authentication type.</param>
/// <param name="FetchAsync">Acquires a token.</param>
internal sealed record TokenSource(string AuthType, Func<CancellationToken, Task<DatabricksAccessToken>> FetchAsync)
{
    /// <summary>Whether tokens are refreshed before they expire; not if acquiring one only reads a file.</summary>
    public bool RenewsAhead { get; init; } = true;

    /// <summary>Discovers the workspace if no host is configured; null if the authentication type cannot.</summary>
    public Func<CancellationToken, Task<Uri>>? FindHostAsync { get; init; }

    /// <summary>A fixed token.</summary>
    public static TokenSource Fixed(string authType, DatabricksAccessToken token) => new(authType, _ => Task.FromResult(token));
}
