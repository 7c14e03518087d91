using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication;

/// <summary>The log messages of authentication, without tokens and secrets.</summary>
internal static partial class AuthenticationLog
{
    [LoggerMessage(20, LogLevel.Debug, "Authentication '{AuthType}' is not used: {Reason}")]
    public static partial void Declined(ILogger logger, string authType, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Authentication '{AuthType}' failed; the next one is tried: {Reason}")]
    public static partial void Failed(ILogger logger, string authType, string reason);

    [LoggerMessage(22, LogLevel.Information, "Authentication '{AuthType}' is used for {Host}.")]
    public static partial void Selected(ILogger logger, string authType, string? host);

    [LoggerMessage(23, LogLevel.Debug, "Authentication '{AuthType}' returned a token that expires on {ExpiresOn}.")]
    public static partial void TokenFetched(ILogger logger, string authType, DateTimeOffset? expiresOn);

    [LoggerMessage(24, LogLevel.Debug, "Authentication '{AuthType}' refreshed its token in the background; it expires on {ExpiresOn}.")]
    public static partial void TokenRenewed(ILogger logger, string authType, DateTimeOffset? expiresOn);

    [LoggerMessage(
        25, LogLevel.Warning,
        "Authentication '{AuthType}' could not refresh its token; the cached token stays in use, and the next refresh is in {BackOff} " +
        "or later: {Reason}")]
    public static partial void RenewalFailed(ILogger logger, string authType, TimeSpan backOff, string reason);

    [LoggerMessage(26, LogLevel.Debug, "{Purpose}: attempt {Attempt} at {Host} failed and is retried in {Delay}: {Reason}")]
    public static partial void Repeating(ILogger logger, string purpose, int attempt, string host, TimeSpan delay, string reason);

    [LoggerMessage(27, LogLevel.Debug, "The host returned no metadata, which is optional: {Reason}")]
    public static partial void NoHostMetadata(ILogger logger, string reason);

    [LoggerMessage(
        29, LogLevel.Warning,
        "Authentication '{AuthType}' returned a token that expired on {ExpiresOn}. It is used, and refreshed after {Delay} at the " +
        "earliest. Check the system clock, and log in again.")]
    public static partial void ExpiredToken(ILogger logger, string authType, DateTimeOffset? expiresOn, TimeSpan delay);

    [LoggerMessage(28, LogLevel.Warning, "Authentication settings: {Remark}")]
    public static partial void Remark(ILogger logger, string remark);
}
