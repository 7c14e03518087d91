using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Answers token requests: one grant for each <c>grant_type</c>.</summary>
internal sealed class TokenGrants(
    DatabricksEmulatorOptions options, EmulatedOAuth oauth, TokenBook personal, EmulatorAddresses addresses)
{
    public const string ClientCredentials = "client_credentials";

    private readonly ClientAuthentication _clients = new(oauth);
    private readonly TokenExchange _exchange = new(options, oauth, personal, addresses);

    /// <exception cref="OAuthRefusal">No token is to be had.</exception>
    public JsonObject Grant(TokenRequest request)
    {
        string grant = request.RequiredField("grant_type");
        OAuthToken token = grant switch
        {
            ClientCredentials => GrantToClient(request),
            TokenExchange.GrantType => GrantToFederated(request),
            string other => throw new OAuthRefusal(400, "unsupported_grant_type", $"The grant type {other} is not supported."),
        };
        var document = new JsonObject
        {
            ["access_token"] = token.Value,
            ["scope"] = token.Scope,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)options.TokenLifetime.TotalSeconds,
        };
        if (grant == TokenExchange.GrantType)
        {
            // unseen: RFC 8693 requires it, no first-party client reads it.
            document["issued_token_type"] = TokenExchange.AccessTokenType;
        }

        return document;
    }

    private OAuthToken GrantToClient(TokenRequest request)
    {
        EmulatedServicePrincipal principal = _clients.Authenticate(request);
        return oauth.Tokens.Issue(principal.ClientId, principal, Scope(request), request.Ids);
    }

    private OAuthToken GrantToFederated(TokenRequest request)
    {
        (string subject, EmulatedServicePrincipal? principal) = _exchange.Exchange(request);
        return oauth.Tokens.Issue(subject, principal, Scope(request), request.Ids);
    }

    /// <summary>unseen: whether the service has a default scope; every first-party client names one.</summary>
    private string Scope(TokenRequest request)
    {
        string scope = request.Field("scope") ?? throw OAuthRefusal.InvalidScope("The scope is missing.");
        string? unknown = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(one => !options.KnownScopes.Contains(one));
        return unknown is null ? scope : throw OAuthRefusal.InvalidScope($"The scope {unknown} is unknown.");
    }
}
