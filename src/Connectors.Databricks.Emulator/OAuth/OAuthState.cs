using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The principals, policies and tokens of the workspace. <see cref="EmulatedOAuth"/> is its public API.</summary>
internal sealed class OAuthState(DatabricksEmulatorOptions options, EmulatorAddresses addresses)
{
    // As short as the tokens of CI systems: long enough for one exchange.
    private static readonly TimeSpan SubjectTokenLifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, ServicePrincipal> _principals = new(StringComparer.Ordinal);
    private long _subjectTokens;

    public OAuthEndpoint HostMetadata { get; } = new();

    public OAuthEndpoint ServerMetadata { get; } = new();

    public OAuthEndpoint TokenEndpoint { get; } = new();

    public OAuthTokens Tokens { get; } = new(options, addresses);

    /// <summary>The federation policies of the account.</summary>
    public FederationPolicies Policies { get; } = new();

    public ServicePrincipal AddServicePrincipal(string clientId, string clientSecret) =>
        _principals[clientId] = new ServicePrincipal(clientId, clientSecret);

    public ServicePrincipal? Find(string clientId) => _principals.GetValueOrDefault(clientId);

    public string CreateSubjectToken(string issuer, string subject, string? audience, TimeSpan? lifetime)
    {
        var now = options.TimeProvider.GetUtcNow();
        return Jwt.Write(new JsonObject
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            ["aud"] = audience ?? OAuthMetadata.DefaultAudience(addresses),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + (lifetime ?? SubjectTokenLifetime)).ToUnixTimeSeconds(),
            ["jti"] = Interlocked.Increment(ref _subjectTokens),
        });
    }
}
