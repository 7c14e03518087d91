namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The state of one service principal. <see cref="EmulatedServicePrincipal"/> is its public API.</summary>
internal sealed class ServicePrincipal(string clientId, string clientSecret)
{
    public string ClientId => clientId;

    public string ClientSecret => clientSecret;

    public bool CanQuery { get; set; } = true;

    public bool CanView { get; set; } = true;

    public FederationPolicies Policies { get; } = new();
}
