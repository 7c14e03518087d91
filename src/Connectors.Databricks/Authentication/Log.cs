using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication;

/// <summary>Everything that logging in says: no token, no secret.</summary>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Debug, "Authentication '{AuthType}' is not used: {Reason}")]
    public static partial void Declined(ILogger logger, string authType, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Authentication '{AuthType}' failed, and the next one is tried: {Reason}")]
    public static partial void Failed(ILogger logger, string authType, string reason);

    [LoggerMessage(22, LogLevel.Information, "Authentication '{AuthType}' is used for {Host}.")]
    public static partial void Selected(ILogger logger, string authType, string? host);

    [LoggerMessage(23, LogLevel.Debug, "Authentication '{AuthType}' gave a token that expires on {ExpiresOn}.")]
    public static partial void TokenFetched(ILogger logger, string authType, DateTimeOffset? expiresOn);

    [LoggerMessage(24, LogLevel.Debug, "Authentication '{AuthType}' renewed its token ahead; it expires on {ExpiresOn}.")]
    public static partial void TokenRenewed(ILogger logger, string authType, DateTimeOffset? expiresOn);

    [LoggerMessage(25, LogLevel.Warning, "Authentication '{AuthType}' could not renew its token; the old one stays in use, and the next try is in {BackOff} or later: {Reason}")]
    public static partial void RenewalFailed(ILogger logger, string authType, TimeSpan backOff, string reason);

    [LoggerMessage(26, LogLevel.Debug, "{Purpose}: attempt {Attempt} at {Host} failed and is repeated in {Delay}: {Reason}")]
    public static partial void Repeating(ILogger logger, string purpose, int attempt, string host, TimeSpan delay, string reason);

    [LoggerMessage(27, LogLevel.Debug, "The host gave no metadata, and does not need to: {Reason}")]
    public static partial void NoHostMetadata(ILogger logger, string reason);

    [LoggerMessage(29, LogLevel.Warning, "Authentication '{AuthType}' gave a token that expired on {ExpiresOn}. It is used nevertheless, and replaced in {Delay} at the earliest. Check the clock of this machine, and log in again.")]
    public static partial void ExpiredToken(ILogger logger, string authType, DateTimeOffset? expiresOn, TimeSpan delay);

    [LoggerMessage(28, LogLevel.Warning, "Authentication settings: {Remark}")]
    public static partial void Remark(ILogger logger, string remark);
}
