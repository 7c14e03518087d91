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

    /// <summary>Gets the client id, which is the <c>client_id</c> of token requests.</summary>
    public string ClientId => _principal.ClientId;

    /// <summary>Gets the OAuth secret.</summary>
    public string ClientSecret => _principal.ClientSecret;

    /// <summary>
    /// Gets or sets a value indicating whether the principal may query and view endpoints; otherwise its requests fail with 403.
    /// </summary>
    /// <value>true</value>
    public bool CanQuery
    {
        get => _principal.CanQuery;
        set => _principal.CanQuery = value;
    }

    /// <summary>
    /// Gets or sets a value indicating whether the principal may list and get endpoints and model services; otherwise these requests fail
    /// with 403.
    /// </summary>
    /// <value>true</value>
    public bool CanView
    {
        get => _principal.CanView;
        set => _principal.CanView = value;
    }

    /// <summary>
    /// Adds a federation policy: tokens of this issuer and subject are accepted for this principal in requests with its client id.
    /// </summary>
    /// <param name="issuer">The trusted <c>iss</c>.</param>
    /// <param name="subject">The trusted <c>sub</c>.</param>
    /// <param name="audience">The trusted <c>aud</c>; null trusts the URL of the token endpoint and the account id.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedServicePrincipal AddFederationPolicy(string issuer, string subject, string? audience = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        _principal.Policies.Add(issuer, subject, audience);
        return this;
    }

    /// <summary>Revokes all tokens of this principal. It can request new ones.</summary>
    public void RevokeTokens() => _tokens.Revoke(token => token.Principal == _principal);

    /// <inheritdoc/>
    public override string ToString() => ClientId;
}
