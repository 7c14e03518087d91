using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Answers token requests: one grant for each <c>grant_type</c>.</summary>
internal sealed class TokenGrants(DatabricksEmulatorOptions options, EmulatedOAuth oauth)
{
    public const string ClientCredentials = "client_credentials";

    private readonly ClientAuthentication _clients = new(oauth);

    /// <exception cref="OAuthRefusal">No token is to be had.</exception>
    public JsonObject Grant(TokenRequest request)
    {
        OAuthToken token = request.RequiredField("grant_type") switch
        {
            ClientCredentials => GrantToClient(request),
            string other => throw new OAuthRefusal(400, "unsupported_grant_type", $"The grant type {other} is not supported."),
        };
        return new JsonObject
        {
            ["access_token"] = token.Value,
            ["scope"] = token.Scope,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)options.TokenLifetime.TotalSeconds,
        };
    }

    private OAuthToken GrantToClient(TokenRequest request)
    {
        EmulatedServicePrincipal principal = _clients.Authenticate(request);
        return oauth.Tokens.Issue(principal.ClientId, principal, Scope(request), request.Ids);
    }

    /// <summary>unseen: whether the service has a default scope; every first-party client names one.</summary>
    private string Scope(TokenRequest request)
    {
        string scope = request.Field("scope") ?? throw OAuthRefusal.InvalidScope("The scope is missing.");
        string? unknown = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(one => !options.KnownScopes.Contains(one));
        return unknown is null ? scope : throw OAuthRefusal.InvalidScope($"The scope {unknown} is unknown.");
    }
}
