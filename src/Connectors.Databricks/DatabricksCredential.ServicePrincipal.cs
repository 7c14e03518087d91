using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks;

public abstract partial class DatabricksCredential
{
    /// <summary>
    /// A Databricks service principal with an OAuth secret (machine-to-machine). Tokens live an hour; they are cached, and renewed ahead
    /// in the background. It reads neither environment nor configuration file.
    /// </summary>
    /// <param name="host">The workspace; the tokens go to no other host.</param>
    /// <param name="clientId">The service principal's application id.</param>
    /// <param name="clientSecret">Its OAuth secret.</param>
    /// <param name="scopes">What the tokens may be used for; <see langword="null"/> for <c>all-apis</c>.</param>
    /// <param name="timeProvider">The clock of expiry and renewal; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Receives fetches at Debug and failed renewals at Warning; <see langword="null"/> for none.</param>
    /// <returns>A credential for clients of <paramref name="host"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A value is empty, or <paramref name="host"/> is not an https address (loopback may use http).
    /// </exception>
    public static DatabricksCredential FromServicePrincipal(
        Uri host,
        string clientId,
        string clientSecret,
        IEnumerable<string>? scopes = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        var platform = new SystemPlatform(timeProvider ?? TimeProvider.System);
        var code = new Dictionary<Setting, string?>
        {
            [SettingTable.Host] = host.OriginalString,
            [SettingTable.AuthType] = "oauth-m2m",
            [SettingTable.ClientId] = clientId,
            [SettingTable.ClientSecret] = clientSecret,
            [SettingTable.Scopes] = scopes is null ? null : string.Join(',', scopes),
        };
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(RequestAuthenticator.LoggerName);
        return new UnifiedCredential(SettingsResolver.ResolveCodeAlone(code, platform), platform, logger);
    }
}
