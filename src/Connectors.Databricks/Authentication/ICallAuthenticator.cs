namespace Connectors.Databricks.Authentication;

/// <summary>Gives the tokens of one place to call, and puts them on requests to that place alone.</summary>
internal interface ICallAuthenticator
{
    /// <summary>The way to log in, for the User-Agent; null while it is not known.</summary>
    string? AuthType { get; }

    ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken);

    ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken);

    /// <exception cref="InvalidOperationException">The request goes elsewhere, where the token must not go.</exception>
    void Authorize(HttpRequestMessage request, DatabricksAccessToken token);
}
