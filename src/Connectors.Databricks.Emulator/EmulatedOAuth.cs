using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>The OAuth side of the workspace: who may ask for tokens, what was issued, and what goes wrong.</summary>
/// <remarks>Access tokens have the form of a JWT, but nobody signed them; no signature is checked either.</remarks>
public sealed class EmulatedOAuth
{
    private readonly ConcurrentDictionary<string, EmulatedServicePrincipal> _principals = new(StringComparer.Ordinal);

    internal EmulatedOAuth(DatabricksEmulatorOptions options, EmulatorAddresses addresses)
    {
        Tokens = new OAuthTokens(options, addresses);
        AddServicePrincipal(options.ClientId, options.ClientSecret);
    }

    /// <summary><c>GET /.well-known/databricks-config</c>: what the host says about itself.</summary>
    public EmulatedOAuthEndpoint HostMetadata { get; } = new();

    /// <summary><c>GET /oidc/.well-known/oauth-authorization-server</c>: where tokens are to be had.</summary>
    public EmulatedOAuthEndpoint ServerMetadata { get; } = new();

    /// <summary><c>POST /oidc/v1/token</c>.</summary>
    public EmulatedOAuthEndpoint TokenEndpoint { get; } = new();

    /// <summary>Every service principal, the one of the options included.</summary>
    public IReadOnlyList<EmulatedServicePrincipal> ServicePrincipals
        => [.. _principals.Values.OrderBy(principal => principal.ClientId, StringComparer.Ordinal)];

    /// <summary>Every access token issued so far, in order, whatever became of it.</summary>
    public IReadOnlyList<string> IssuedTokens => Tokens.Issued;

    internal OAuthTokens Tokens { get; }

    /// <summary>Adds a service principal with an OAuth secret.</summary>
    /// <param name="clientId">Its client id; a principal of this id is replaced.</param>
    /// <param name="clientSecret">Its secret.</param>
    /// <returns>The service principal.</returns>
    public EmulatedServicePrincipal AddServicePrincipal(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        var principal = new EmulatedServicePrincipal(this, clientId, clientSecret);
        _principals[clientId] = principal;
        return principal;
    }

    /// <summary>Revokes every token issued so far: it is as good as one that never was. New ones can be had at once.</summary>
    public void RevokeTokens() => Tokens.Revoke(_ => true);

    internal EmulatedServicePrincipal? Find(string clientId) => _principals.GetValueOrDefault(clientId);
}
