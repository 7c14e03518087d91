using Microsoft.Extensions.Http.Resilience;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>Rules shared by the retry strategy and the reporting of failures.</summary>
internal static class RetryRules
{
    /// <summary>The maximum of MaxDelay.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>The longest Retry-After that is waited for; null if it is not read at all.</summary>
    public static TimeSpan? MaxRetryAfter(HttpRetryStrategyOptions? options) => options is null ? null : options.MaxDelay ?? LongestDelay;

    /// <summary>Whether no connection was established, so that the service has not received the request.</summary>
    public static bool IsConnectionFailure(HttpRequestError error) =>
        error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
