using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// Provides bearer tokens. Use a factory method or <see cref="DatabricksServicePrincipalCredential"/>, or derive a custom credential.
/// </summary>
/// <remarks>
/// <see cref="GetTokenAsync"/> is called for every attempt of a request, so implementations should cache tokens. They must be thread-safe.
/// </remarks>
[JsonConverter(typeof(SecretConverter<DatabricksCredential>))]
public abstract class DatabricksCredential
{
    /// <summary>The authentication type for the User-Agent header; null if not known yet.</summary>
    internal virtual string? AuthType => "custom";

    /// <summary>The credential that acquires the tokens: this one, unless it wraps another.</summary>
    internal virtual DatabricksCredential Inner => this;

    /// <summary>Gets the token for the next request.</summary>
    /// <param name="cancellationToken">Cancels the wait for a token.</param>
    /// <returns>A valid token.</returns>
    /// <exception cref="DatabricksCredentialException">No token was acquired; the message contains the reason.</exception>
    public abstract ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default);

    /// <summary>Refreshes the token after the workspace rejected it.</summary>
    /// <param name="rejected">The token that was rejected with 401, or with a 403 about an expired or invalid token.</param>
    /// <param name="cancellationToken">Cancels the wait for a token.</param>
    /// <returns>
    /// Another token, or <paramref name="rejected"/> if there is none: the request is then not retried. The default implementation calls
    /// <see cref="GetTokenAsync"/>.
    /// </returns>
    public virtual ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default) =>
        GetTokenAsync(cancellationToken);

    /// <summary>
    /// Creates a credential from a fixed token: a Databricks personal access token, or any bearer token that the workspace accepts.
    /// </summary>
    /// <param name="token">The token, without the word <c>Bearer</c>.</param>
    /// <returns>A credential that always returns <paramref name="token"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="token"/> is empty or invalid in an HTTP header.</exception>
    public static DatabricksCredential FromToken(string token) => new FixedToken(new DatabricksAccessToken(token));

    /// <summary>Creates a credential from a delegate, which may read a secret store, an Azure credential or a rotated file.</summary>
    /// <param name="provider">Called for every attempt of a request, possibly concurrently; should cache tokens.</param>
    /// <returns>A credential that calls <paramref name="provider"/>.</returns>
    public static DatabricksCredential FromTokenProvider(Func<CancellationToken, ValueTask<DatabricksAccessToken>> provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new ProvidedToken(provider);
    }

    /// <summary>Returns the type of credential, never a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => GetType().Name;

    [JsonConverter(typeof(SecretConverter<FixedToken>))]
    private sealed class FixedToken(DatabricksAccessToken token) : DatabricksCredential
    {
        internal override string AuthType => "pat";

        public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(token);
    }

    [JsonConverter(typeof(SecretConverter<ProvidedToken>))]
    private sealed class ProvidedToken(Func<CancellationToken, ValueTask<DatabricksAccessToken>> provider) : DatabricksCredential
    {
        internal override string AuthType => "token-provider";

        public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
            provider(cancellationToken);
    }
}
