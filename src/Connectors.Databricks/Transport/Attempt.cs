using Connectors.Databricks.Authentication;

namespace Connectors.Databricks.Transport;

/// <summary>One attempt of a call: where it goes, and the token it carries.</summary>
/// <param name="call">The call with its complete address.</param>
/// <param name="authenticator">Provides the tokens of that address.</param>
internal sealed class Attempt(ServingCall call, ICallAuthenticator authenticator)
{
    public ServingCall Call => call;

    public ICallAuthenticator Authenticator => authenticator;

    public DatabricksAccessToken Token { get; set; }
}
