using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>A service principal of the emulated workspace.</summary>
public sealed class EmulatedServicePrincipal
{
    private readonly EmulatedOAuth _oauth;

    internal EmulatedServicePrincipal(EmulatedOAuth oauth, string clientId, string clientSecret)
    {
        _oauth = oauth;
        ClientId = clientId;
        ClientSecret = clientSecret;
    }

    /// <summary>The client id, also the <c>client_id</c> of token requests.</summary>
    public string ClientId { get; }

    /// <summary>The OAuth secret.</summary>
    public string ClientSecret { get; }

    /// <summary>Whether it may query and view endpoints; otherwise its tokens are good and its requests answered with 403.</summary>
    /// <value>true</value>
    public bool CanQuery { get; set; } = true;

    internal FederationPolicies Policies { get; } = new();

    /// <summary>Adds a federation policy: tokens of this issuer and subject are good for this principal, named as client id.</summary>
    /// <param name="issuer">The <c>iss</c> of the tokens to trust.</param>
    /// <param name="subject">Their <c>sub</c>.</param>
    /// <param name="audience">Their <c>aud</c>; null trusts the address of the token endpoint, and the account id.</param>
    /// <returns>This service principal.</returns>
    public EmulatedServicePrincipal AddFederationPolicy(string issuer, string subject, string? audience = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        Policies.Add(issuer, subject, audience);
        return this;
    }

    /// <summary>Revokes every token issued to it so far. New ones can be had at once.</summary>
    public void RevokeTokens() => _oauth.Tokens.Revoke(token => token.Principal == this);

    /// <inheritdoc/>
    public override string ToString() => ClientId;
}
