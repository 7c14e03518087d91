using System.Globalization;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Valid, expired and unauthorized tokens.</summary>
internal sealed class TokenStore
{
    // Azure rejects a token in its last half minute, according to databricks-sdk-go.
    private static readonly TimeSpan AzureMargin = TimeSpan.FromSeconds(30);

    private readonly string _first;
    private readonly DatabricksEmulatorOptions _options;
    private readonly OAuthTokens _issued;
    private readonly GroupStore _groups;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _expired = [];
    private string _current;
    private int _rotations;

    public TokenStore(DatabricksEmulatorOptions options, OAuthTokens issued, GroupStore groups)
    {
        _options = options;
        _issued = issued;
        _groups = groups;
        _first = options.Authentication.Token;
        _current = _first;
    }

    public string Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>A valid OAuth token of the workspace, not one for the data plane.</summary>
    public OAuthToken? FindGood(string token)
    {
        lock (_lock)
        {
            var issued = _expired.ContainsKey(token) ? null : _issued.Find(token);
            return issued is { EndpointPaths: null } && !IsOver(issued) ? issued : null;
        }
    }

    /// <summary>Whether a token is the current personal access token and has not expired.</summary>
    public bool IsPersonal(string token)
    {
        lock (_lock)
        {
            return token == _current && !_expired.ContainsKey(token);
        }
    }

    /// <summary>The caller: the client id of a service principal, or the owner of the personal access token.</summary>
    public Caller CallerOf(string? authorization) => _groups.CallerNamed(
        Read(authorization, allowsBasic: true) is string token && _issued.Find(token) is OAuthToken issued
            ? issued.Subject
            : EndpointStore.User);

    public void Expire(int status)
    {
        lock (_lock)
        {
            _expired[_current] = status;
            foreach (var token in _issued.Issued)
            {
                _expired[token] = status;
            }
        }
    }

    public string Rotate()
    {
        lock (_lock)
        {
            _expired.TryAdd(_current, _options.Quirks.ExpiredTokenStatus);
            _rotations++;
            _current = string.Create(CultureInfo.InvariantCulture, $"{_first}-{_rotations}");
            return _current;
        }
    }

    /// <summary>Returns the error response for an <c>Authorization</c> header, or null when it is accepted.</summary>
    /// <param name="authorization">The header.</param>
    /// <param name="demand">What the route demands.</param>
    /// <param name="endpoint">The endpoint that the request names.</param>
    public ServerResponse? Refuse(string? authorization, TokenDemand demand, ServingEndpoint? endpoint)
    {
        if (Read(authorization, demand.AllowsBasic) is not string token)
        {
            // Unconfirmed: "real text varies; 401 may be HTML or empty" (appendix B row 1).
            return ServerResponse.Error(401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type for this API.");
        }

        lock (_lock)
        {
            if (_expired.TryGetValue(token, out var status))
            {
                return Expired(status);
            }

            if (token == _current)
            {
                // Unconfirmed: the whole response; that personal access tokens are rejected is documented [okf:route-optimization].
                return demand.IsOnDataPlane
                    ? ServerResponse.Error(403, "PERMISSION_DENIED", "Route-optimized endpoints take OAuth tokens only.")
                    : null;
            }
        }

        if (_issued.Find(token) is OAuthToken issued)
        {
            return IsOver(issued) ? Expired(_options.Quirks.ExpiredTokenStatus) : Refuse(issued, demand, endpoint);
        }

        if (_options.Authentication.TokensThatOnlyQuery.Contains(token))
        {
            return demand.IsManagement ? WithoutView() : null;
        }

        if (_options.Authentication.TokensWithoutPermission.Contains(token))
        {
            return WithoutPermission(demand);
        }

        // The gateway rejects an invalid token with 400 and plain text, according to a comment in the source of databricks/unity-gateway.
        return demand.IsGateway
            ? new BodyResponse(400, "text/plain", "Invalid Token"u8.ToArray())
            : ServerResponse.Error(401, "UNAUTHENTICATED", "Invalid access token.");
    }

    private BodyResponse? Refuse(OAuthToken issued, TokenDemand demand, ServingEndpoint? endpoint)
    {
        if (demand.Scopes.Count > 0 && !issued.Scope.Split(' ').Any(scope => scope == "all-apis" || demand.Scopes.Contains(scope)))
        {
            return ErrorBody.MissingScope(demand.Scopes[0], _options.Quirks.SaysInvalidScope);
        }

        return issued.Principal is { CanQuery: false } ? WithoutPermission(demand)
            : demand.IsManagement && issued.Principal is { CanView: false } ? WithoutView()
            : Covers(issued, demand.IsOnDataPlane, endpoint) ? null
            : ServerResponse.Error(403, "PERMISSION_DENIED", "The authorization_details of the token do not cover this request.");
    }

    private bool IsOver(OAuthToken token) =>
        token.ExpiresAt <= _options.TimeProvider.GetUtcNow() + (_options.AzureTenantId is null ? TimeSpan.Zero : AzureMargin);

    // Unconfirmed: whether the service rejects tokens of the other plane; a client that sends them is wrong.
    private static bool Covers(OAuthToken token, bool isOnDataPlane, ServingEndpoint? endpoint) => isOnDataPlane
        ? endpoint is null || token.EndpointPaths?.Contains(AuthorizationDetails.PathOf(endpoint)) is true
        : token.EndpointPaths is null;

    // An expired token often arrives as 403 [issue n8n#34147]. Unconfirmed: both texts.
    private static BodyResponse Expired(int status) => status == 401
        ? ServerResponse.Error(401, "UNAUTHENTICATED", "Access token expired")
        : ServerResponse.Error(status, "PERMISSION_DENIED", "Invalid access token: the token has expired.");

    // Unconfirmed: the text.
    private static BodyResponse WithoutPermission(TokenDemand demand) => ServerResponse.Error(403, "PERMISSION_DENIED", demand.IsGateway
        ? "User does not have EXECUTE on the model service."
        : "User does not have CAN_QUERY permission on the serving endpoint.");

    // Unconfirmed: the text, and that a list is refused instead of empty.
    private static BodyResponse WithoutView() =>
        ServerResponse.Error(403, "PERMISSION_DENIED", "User does not have CAN_VIEW permission on the requested object.");

    private static string? Read(string? authorization, bool allowsBasic)
    {
        if (authorization is null)
        {
            return null;
        }

        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        // curl -u token:$PAT works on /invocations [okf:query-serving-endpoints-for-custom-models].
        return allowsBasic && BasicCredentials.Read(authorization) is ("token", string password) ? password : null;
    }
}
