namespace Connectors.Databricks.Authentication;

/// <summary>Provides the tokens of one URL or host, and adds them only to requests to it.</summary>
internal interface ICallAuthenticator
{
    /// <summary>The authentication type for the User-Agent header; null if not known yet.</summary>
    string? AuthType { get; }

    ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken);

    ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken);

    /// <exception cref="InvalidOperationException">The request is for another host.</exception>
    void Authorize(HttpRequestMessage request, DatabricksAccessToken token);
}
