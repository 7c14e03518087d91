using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Exchanges the token of another issuer, or a personal access token, for one of the workspace (RFC 8693).</summary>
internal sealed class TokenExchange(
    DatabricksEmulatorOptions options, OAuthState oauth, TokenStore personal, EmulatorAddresses addresses)
{
    public const string GrantType = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";

    // Notebooks send their token as this: databricks-sdk-py credentials_provider.py.
    private const string PersonalType = "urn:databricks:params:oauth:token-type:personal-access-token";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _used = [];

    /// <exception cref="OAuthException">The subject token is not trusted.</exception>
    public (string Subject, ServicePrincipal? Principal) Exchange(TokenRequest request)
    {
        var token = request.RequiredField("subject_token");
        var type = request.RequiredField("subject_token_type");
        if (request.Field("requested_token_type") is string requested && requested != AccessTokenType)
        {
            throw OAuthException.InvalidRequest($"The requested_token_type {requested} is not supported.");
        }

        return type switch
        {
            JwtType => ExchangeFederated(token, request.Field("client_id")),
            PersonalType when personal.IsPersonal(token) => (EndpointStore.User, null),
            PersonalType => throw OAuthException.InvalidGrant("The subject token is invalid."),
            _ => throw OAuthException.InvalidRequest($"The subject_token_type {type} is not supported."),
        };
    }

    /// <summary>With a client id the policies of that principal hold, without one those of the account.</summary>
    private (string Subject, ServicePrincipal? Principal) ExchangeFederated(string token, string? clientId)
    {
        var principal = clientId is null ? null : oauth.Find(clientId) ?? throw OAuthException.InvalidClient();
        var claims = Jwt.ReadClaims(token) ?? throw OAuthException.InvalidGrant("The subject token is no JWT.");
        var subject = claims.Text("sub") ?? throw OAuthException.InvalidGrant("The subject token has no sub.");
        if (claims.Number("exp") is not double end || end <= options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0)
        {
            throw OAuthException.InvalidGrant("The subject token has expired.");
        }

        var policies = principal is null ? oauth.Policies : principal.Policies;
        if (policies.Refuse(claims, [OAuthMetadata.DefaultAudience(addresses), options.Authentication.AccountId]) is string refusal)
        {
            throw OAuthException.InvalidGrant(refusal);
        }

        lock (_lock)
        {
            if (!_used.Add(token) && options.Authentication.RequiresFreshSubjectTokens)
            {
                throw OAuthException.InvalidGrant("The subject token has been used before.");
            }
        }

        return (principal?.ClientId ?? subject, principal);
    }
}
