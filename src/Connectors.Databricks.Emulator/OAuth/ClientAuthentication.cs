using System.Net;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Authenticates the service principal of a token request (RFC 6749 section 2.3.1).</summary>
internal sealed class ClientAuthentication(OAuthState oauth)
{
    /// <exception cref="OAuthException">The credentials are missing, invalid or repeated.</exception>
    public ServicePrincipal Authenticate(TokenRequest request)
    {
        var clientId = request.Field("client_id");
        var clientSecret = request.Field("client_secret");
        if (request.Authorization is not string authorization)
        {
            return Find(clientId, clientSecret) ?? throw OAuthException.InvalidClient();
        }

        if (clientSecret is not null)
        {
            throw OAuthException.InvalidRequest("The client must not authenticate in more than one way.");
        }

        // The standard requires both parts to be form-encoded, and databricks-sdk-go does so; the SDKs for Python and Java do not.
        var principal = BasicCredentials.Read(authorization) is (string id, string secret)
            ? Find(id, secret) ?? Find(WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret))
            : null;
        var isOne = principal is not null && (clientId is null || clientId == principal.ClientId);
        return isOne ? principal! : throw OAuthException.InvalidClient();
    }

    private ServicePrincipal? Find(string? clientId, string? clientSecret) =>
        clientId is not null && oauth.Find(clientId) is { } principal && principal.ClientSecret == clientSecret ? principal : null;
}
