using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>The OAuth endpoints of the workspace: service principals, federation policies, issued tokens.</summary>
/// <remarks>Access tokens have the format of a JWT, but are not signed, and no signature is verified.</remarks>
public sealed class EmulatedOAuth
{
    private readonly ConcurrentDictionary<string, EmulatedServicePrincipal> _principals = new(StringComparer.Ordinal);
    private readonly OAuthState _state;

    internal EmulatedOAuth(OAuthState state, string clientId, string clientSecret)
    {
        _state = state;
        HostMetadata = new EmulatedOAuthEndpoint(state.HostMetadata);
        ServerMetadata = new EmulatedOAuthEndpoint(state.ServerMetadata);
        TokenEndpoint = new EmulatedOAuthEndpoint(state.TokenEndpoint);
        AddServicePrincipal(clientId, clientSecret);
    }

    /// <summary>Gets <c>GET /.well-known/databricks-config</c>, the metadata of the host.</summary>
    public EmulatedOAuthEndpoint HostMetadata { get; }

    /// <summary>Gets <c>GET /oidc/.well-known/oauth-authorization-server</c>, the metadata of the authorization server.</summary>
    public EmulatedOAuthEndpoint ServerMetadata { get; }

    /// <summary>Gets <c>POST /oidc/v1/token</c>.</summary>
    public EmulatedOAuthEndpoint TokenEndpoint { get; }

    /// <summary>Gets all service principals, including that of the options.</summary>
    public IReadOnlyList<EmulatedServicePrincipal> ServicePrincipals =>
        [.. _principals.Values.OrderBy(principal => principal.ClientId, StringComparer.Ordinal)];

    /// <summary>Gets all issued access tokens in order, including expired and revoked ones.</summary>
    public IReadOnlyList<string> IssuedTokens => _state.Tokens.Issued;

    /// <summary>Adds a service principal with an OAuth secret.</summary>
    /// <param name="clientId">The client id; an existing principal with this id is replaced.</param>
    /// <param name="clientSecret">The secret.</param>
    /// <returns>The service principal.</returns>
    public EmulatedServicePrincipal AddServicePrincipal(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        var principal = new EmulatedServicePrincipal(_state.Tokens, _state.AddServicePrincipal(clientId, clientSecret));
        _principals[clientId] = principal;
        return principal;
    }

    /// <summary>Adds a federation policy of the account, which trusts every subject of an issuer in requests without a client id.</summary>
    /// <param name="issuer">The trusted <c>iss</c>.</param>
    /// <param name="audience">The trusted <c>aud</c>; null trusts the URL of the token endpoint and the account id.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuth AddFederationPolicy(string issuer, string? audience = null)
    {
        _state.Policies.Add(issuer, null, audience);
        return this;
    }

    /// <summary>Creates an unsigned JWT, as an identity provider would, to exchange for an access token.</summary>
    /// <param name="issuer">The <c>iss</c>.</param>
    /// <param name="subject">The <c>sub</c>.</param>
    /// <param name="audience">The <c>aud</c>; null uses the URL of the token endpoint.</param>
    /// <param name="lifetime">The lifetime on the emulator's clock; null uses five minutes.</param>
    /// <returns>The JWT; each is unique.</returns>
    public string NewSubjectToken(string issuer, string subject, string? audience = null, TimeSpan? lifetime = null) =>
        _state.CreateSubjectToken(issuer, subject, audience, lifetime);

    /// <summary>Revokes all issued tokens: requests with them get a 401. Clients can request new ones.</summary>
    public void RevokeTokens() => _state.Tokens.Revoke(_ => true);
}
