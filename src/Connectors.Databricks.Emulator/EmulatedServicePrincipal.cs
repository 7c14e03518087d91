using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>A service principal of the emulated workspace.</summary>
public sealed class EmulatedServicePrincipal
{
    private readonly OAuthTokens _tokens;
    private readonly ServicePrincipal _principal;

    internal EmulatedServicePrincipal(OAuthTokens tokens, ServicePrincipal principal)
    {
        _tokens = tokens;
        _principal = principal;
    }

    /// <summary>The client id, also the <c>client_id</c> of token requests.</summary>
    public string ClientId => _principal.ClientId;

    /// <summary>The OAuth secret.</summary>
    public string ClientSecret => _principal.ClientSecret;

    /// <summary>Whether it may query and view endpoints; otherwise its tokens are good and its requests answered with 403.</summary>
    /// <value>true</value>
    public bool CanQuery
    {
        get => _principal.CanQuery;
        set => _principal.CanQuery = value;
    }

    /// <summary>Adds a federation policy: tokens of this issuer and subject are good for this principal, named as client id.</summary>
    /// <param name="issuer">The <c>iss</c> of the tokens to trust.</param>
    /// <param name="subject">Their <c>sub</c>.</param>
    /// <param name="audience">Their <c>aud</c>; null trusts the address of the token endpoint, and the account id.</param>
    /// <returns>This service principal.</returns>
    public EmulatedServicePrincipal AddFederationPolicy(string issuer, string subject, string? audience = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        _principal.Policies.Add(issuer, subject, audience);
        return this;
    }

    /// <summary>Revokes every token issued to it so far. New ones can be had at once.</summary>
    public void RevokeTokens() => _tokens.Revoke(token => token.Principal == _principal);

    /// <inheritdoc/>
    public override string ToString() => ClientId;
}
