using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Handles token requests: one grant for each <c>grant_type</c>.</summary>
internal sealed class TokenGrants(
    DatabricksEmulatorOptions options,
    OAuthState oauth,
    TokenStore tokens,
    EmulatorAddresses addresses,
    EndpointStore workspace)
{
    public const string ClientCredentials = "client_credentials";

    // What databricks-sdk-py oauth.py and databricks-sdk-java send for the data plane.
    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly ClientAuthentication _clients = new(oauth);
    private readonly TokenExchange _exchange = new(options, oauth, tokens, addresses);

    /// <exception cref="OAuthException">The request is rejected.</exception>
    public JsonObject Grant(TokenRequest request)
    {
        var grant = request.RequiredField("grant_type");
        var token = grant switch
        {
            ClientCredentials => GrantToClient(request),
            TokenExchange.GrantType => GrantToFederated(request),
            JwtBearer => GrantForDataPlane(request),
            string other => throw new OAuthException(400, "unsupported_grant_type", $"The grant type {other} is not supported."),
        };
        var document = new JsonObject
        {
            ["access_token"] = token.Value,
            ["scope"] = token.Scope,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)options.Authentication.TokenLifetime.TotalSeconds,
        };
        if (grant == TokenExchange.GrantType)
        {
            // Unconfirmed: RFC 8693 requires it, no first-party client reads it.
            document["issued_token_type"] = TokenExchange.AccessTokenType;
        }

        return document;
    }

    private OAuthToken GrantToClient(TokenRequest request)
    {
        var principal = _clients.Authenticate(request);
        return Issue(request, principal.ClientId, principal, Scope(request));
    }

    private OAuthToken GrantToFederated(TokenRequest request)
    {
        (var subject, var principal) = _exchange.Exchange(request);
        return Issue(request, subject, principal, Scope(request));
    }

    /// <summary>Exchanges a token of the workspace for one for the endpoints in <c>authorization_details</c>, which is required.</summary>
    private OAuthToken GrantForDataPlane(TokenRequest request)
    {
        // Unconfirmed: the text. A personal access token is no assertion: the SDKs refuse to send one.
        var assertion = tokens.FindGood(request.RequiredField("assertion"))
            ?? throw OAuthException.InvalidGrant("The assertion is no valid OAuth token of this workspace.");
        request.RequiredField("authorization_details");
        return Issue(request, assertion.Subject, assertion.Principal, assertion.Scope);
    }

    private OAuthToken Issue(TokenRequest request, string subject, ServicePrincipal? principal, string scope)
    {
        IReadOnlySet<string>? paths = null;
        if (request.Field("authorization_details") is string details)
        {
            paths = AuthorizationDetails.Read(details, workspace.Endpoints.Values);
            if (principal is { CanQuery: false })
            {
                throw AuthorizationDetails.Refusal();
            }
        }

        return oauth.Tokens.Issue(subject, principal, scope, paths, request.Ids);
    }

    /// <summary>Unconfirmed: whether the service has a default scope; every first-party client names one.</summary>
    private string Scope(TokenRequest request)
    {
        var scope = request.Field("scope") ?? throw OAuthException.InvalidScope("The scope is missing.");
        var unknown = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(one => !options.Authentication.Scopes.Contains(one));
        return unknown is null ? scope : throw OAuthException.InvalidScope($"The scope {unknown} is unknown.");
    }
}
