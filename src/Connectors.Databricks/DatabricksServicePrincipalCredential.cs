using System.Text.Json.Serialization;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks;

/// <summary>
/// Authenticates a Databricks service principal with the OAuth client credentials flow (machine-to-machine). Tokens are valid for one hour;
/// they are cached and refreshed in the background before they expire. Environment variables and configuration files are not read.
/// </summary>
/// <remarks>Thread-safe. Share one instance (a singleton) between clients, so that they share its token cache.</remarks>
[JsonConverter(typeof(SecretConverter<DatabricksServicePrincipalCredential>))]
public sealed class DatabricksServicePrincipalCredential : DatabricksCredential
{
    private readonly UnifiedCredential _inner;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServicePrincipalCredential"/> class for one workspace. No token is acquired
    /// until the first request.
    /// </summary>
    /// <param name="host">The workspace. Tokens are sent to no other host.</param>
    /// <param name="clientId">The application id of the service principal.</param>
    /// <param name="clientSecret">The OAuth secret of the service principal.</param>
    /// <param name="options">Scopes, clock and logging; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A value is null or empty, or <paramref name="host"/> is not an https address (loopback may use http).
    /// </exception>
    public DatabricksServicePrincipalCredential(
        Uri host, string clientId, string clientSecret, DatabricksServicePrincipalCredentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        options ??= new DatabricksServicePrincipalCredentialOptions();
        ArgumentNullException.ThrowIfNull(options.TimeProvider, nameof(options));
        ArgumentNullException.ThrowIfNull(options.LoggerFactory, nameof(options));
        var platform = new SystemPlatform(options.TimeProvider);
        KeyValuePair<Setting, string?>[] code =
        [
            new(SettingTable.Host, host.OriginalString),
            new(SettingTable.AuthType, "oauth-m2m"),
            new(SettingTable.ClientId, clientId),
            new(SettingTable.ClientSecret, clientSecret),
            new(SettingTable.Scopes, options.Scopes is null ? null : string.Join(',', options.Scopes)),
        ];
        var logger = options.LoggerFactory.CreateLogger(RequestAuthenticator.LoggerName);
        _inner = new UnifiedCredential(SettingsResolver.ResolveCodeAlone(code, platform), platform, logger);
    }

    internal override DatabricksCredential Inner => _inner;

    internal override string? AuthType => _inner.AuthType;

    /// <inheritdoc/>
    public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
        _inner.GetTokenAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default) =>
        _inner.RefreshTokenAsync(rejected, cancellationToken);

    /// <summary>Returns the type and the host; never a secret.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => $"{nameof(DatabricksServicePrincipalCredential)}({_inner.Host?.Host})";
}
