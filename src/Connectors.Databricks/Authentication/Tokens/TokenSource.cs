namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Fetches tokens of one kind, each time anew; it keeps none.</summary>
/// <param name="AuthType">The way to log in.</param>
/// <param name="FetchAsync">Gives a new token.</param>
internal sealed record TokenSource(string AuthType, Func<CancellationToken, Task<DatabricksAccessToken>> FetchAsync)
{
    /// <summary>Whether a token is worth renewing before it ends; not when fetching one is only reading a file.</summary>
    public bool RenewsAhead { get; init; } = true;

    /// <summary>Finds the workspace when no host is configured; null when this way to log in cannot.</summary>
    public Func<CancellationToken, Task<Uri>>? FindHostAsync { get; init; }

    /// <summary>A token that is always the same.</summary>
    public static TokenSource Fixed(string authType, DatabricksAccessToken token) => new(authType, _ => Task.FromResult(token));
}
