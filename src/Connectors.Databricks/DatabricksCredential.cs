using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>Where the connector gets its bearer tokens from. Use a factory, or derive from it for a source of your own.</summary>
/// <remarks>
/// A credential is asked once per attempt, so an implementation that fetches tokens should cache them. It must be thread-safe.
/// </remarks>
[JsonConverter(typeof(SecretConverter<DatabricksCredential>))]
public abstract class DatabricksCredential
{
    /// <summary>The way to log in, as the User-Agent header names it; null while it is not known.</summary>
    internal virtual string? AuthType => "custom";

    /// <summary>The credential that acquires the tokens: this one, unless it wraps another.</summary>
    internal virtual DatabricksCredential Inner => this;

    /// <summary>Gives the token for the next request.</summary>
    /// <param name="cancellationToken">Cancels the wait for a token.</param>
    /// <returns>A token that works now.</returns>
    /// <exception cref="DatabricksCredentialException">No token can be had; the message says why.</exception>
    public abstract ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives a token to use instead of one that the workspace has just rejected.</summary>
    /// <param name="rejected">The token that was answered with 401, or with a 403 that speaks of an expired or invalid token.</param>
    /// <param name="cancellationToken">Cancels the wait for a token.</param>
    /// <returns>
    /// Another token, or <paramref name="rejected"/> itself when there is no other: then the failure is reported without a second try.
    /// The default asks <see cref="GetTokenAsync"/> again.
    /// </returns>
    public virtual ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default) =>
        GetTokenAsync(cancellationToken);

    /// <summary>A fixed token: a Databricks personal access token, or any bearer token that the workspace accepts.</summary>
    /// <param name="token">The token, without the word <c>Bearer</c>.</param>
    /// <returns>A credential that always gives <paramref name="token"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="token"/> is empty or cannot stand in an HTTP header.</exception>
    public static DatabricksCredential FromToken(string token) => new FixedToken(new DatabricksAccessToken(token));

    /// <summary>Tokens from your own code: a secret store, an Azure credential, a file that is rotated.</summary>
    /// <param name="provider">Called once per attempt, possibly by several threads at once; it should cache.</param>
    /// <returns>A credential that asks <paramref name="provider"/>.</returns>
    public static DatabricksCredential FromTokenProvider(Func<CancellationToken, ValueTask<DatabricksAccessToken>> provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new ProvidedToken(provider);
    }

    /// <summary>Names the kind of credential; never a secret.</summary>
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
