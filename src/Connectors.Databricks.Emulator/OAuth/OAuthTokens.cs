using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Issues, finds and revokes OAuth access tokens.</summary>
internal sealed class OAuthTokens(DatabricksEmulatorOptions options, EmulatorAddresses addresses)
{
    private readonly Lock _lock = new();
    private readonly List<string> _issued = [];
    private readonly Dictionary<string, OAuthToken> _known = [];

    public IReadOnlyList<string> Issued
    {
        get
        {
            lock (_lock)
            {
                return [.. _issued];
            }
        }
    }

    public OAuthToken Issue(
        string subject, ServicePrincipal? principal, string scope, IReadOnlySet<string>? endpointPaths, RequestIds ids)
    {
        var now = options.TimeProvider.GetUtcNow();
        var end = now + options.Authentication.TokenLifetime;

        // Unconfirmed: the claims; clients must not read them.
        var value = Jwt.Write(new JsonObject
        {
            ["iss"] = $"{addresses.WorkspaceText}/oidc",
            ["sub"] = subject,
            ["aud"] = options.WorkspaceId,
            ["scope"] = scope,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = end.ToUnixTimeSeconds(),
            ["jti"] = ids.Guid(1).ToString(),
        });
        var token = new OAuthToken(value, subject, principal, scope, end, endpointPaths);
        lock (_lock)
        {
            _issued.Add(value);
            _known[value] = token;
        }

        return token;
    }

    /// <summary>A token that was issued and not revoked; it may have expired.</summary>
    public OAuthToken? Find(string value)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault(value);
        }
    }

    public void Revoke(Func<OAuthToken, bool> isMeant)
    {
        lock (_lock)
        {
            foreach (var token in _known.Values.Where(isMeant).ToList())
            {
                _known.Remove(token.Value);
            }
        }
    }
}
