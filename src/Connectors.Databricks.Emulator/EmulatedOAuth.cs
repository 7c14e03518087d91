using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>The OAuth side of the workspace: who may ask for tokens, what was issued, and what goes wrong.</summary>
/// <remarks>Access tokens have the form of a JWT, but nobody signed them; no signature is checked either.</remarks>
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

    /// <summary><c>GET /.well-known/databricks-config</c>: what the host says about itself.</summary>
    public EmulatedOAuthEndpoint HostMetadata { get; }

    /// <summary><c>GET /oidc/.well-known/oauth-authorization-server</c>: where tokens are to be had.</summary>
    public EmulatedOAuthEndpoint ServerMetadata { get; }

    /// <summary><c>POST /oidc/v1/token</c>.</summary>
    public EmulatedOAuthEndpoint TokenEndpoint { get; }

    /// <summary>Every service principal, the one of the options included.</summary>
    public IReadOnlyList<EmulatedServicePrincipal> ServicePrincipals =>
        [.. _principals.Values.OrderBy(principal => principal.ClientId, StringComparer.Ordinal)];

    /// <summary>Every access token issued so far, in order, whatever became of it.</summary>
    public IReadOnlyList<string> IssuedTokens => _state.Tokens.Issued;

    /// <summary>Adds a service principal with an OAuth secret.</summary>
    /// <param name="clientId">Its client id; a principal of this id is replaced.</param>
    /// <param name="clientSecret">Its secret.</param>
    /// <returns>The service principal.</returns>
    public EmulatedServicePrincipal AddServicePrincipal(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        var principal = new EmulatedServicePrincipal(_state.Tokens, _state.AddServicePrincipal(clientId, clientSecret));
        _principals[clientId] = principal;
        return principal;
    }

    /// <summary>Adds a federation policy of the account: it trusts every subject of an issuer, in requests without a client id.</summary>
    /// <param name="issuer">The <c>iss</c> of the tokens to trust.</param>
    /// <param name="audience">Their <c>aud</c>; null trusts the address of the token endpoint, and the account id.</param>
    /// <returns>This OAuth side.</returns>
    public EmulatedOAuth AddFederationPolicy(string issuer, string? audience = null)
    {
        _state.Policies.Add(issuer, null, audience);
        return this;
    }

    /// <summary>Writes a JWT as an identity provider would, but unsigned, to be exchanged for an access token.</summary>
    /// <param name="issuer">Its <c>iss</c>.</param>
    /// <param name="subject">Its <c>sub</c>.</param>
    /// <param name="audience">Its <c>aud</c>; null takes the address of the token endpoint.</param>
    /// <param name="lifetime">How long it is valid, by the emulator's clock; null takes five minutes.</param>
    /// <returns>The JWT; no two are the same.</returns>
    public string NewSubjectToken(string issuer, string subject, string? audience = null, TimeSpan? lifetime = null) =>
        _state.CreateSubjectToken(issuer, subject, audience, lifetime);

    /// <summary>Revokes every token issued so far: it is as good as one that never was. New ones can be had at once.</summary>
    public void RevokeTokens() => _state.Tokens.Revoke(_ => true);
}
