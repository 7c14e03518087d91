using Connectors.Databricks.Authentication;

namespace Connectors.Databricks.Agents;

/// <summary>The host of an app: its address, and the tokens that only requests to it carry.</summary>
/// <param name="Address">The address, without a path.</param>
/// <param name="Authenticator">Provides the tokens.</param>
internal sealed record AppHost(Uri Address, ICallAuthenticator Authenticator)
{
    public Uri At(string path) => new(Address, path);
}
