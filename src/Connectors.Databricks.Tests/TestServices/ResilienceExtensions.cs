using Microsoft.Extensions.Http.Resilience;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Sets the resilience options that tests vary most.</summary>
internal static class ResilienceExtensions
{
    /// <summary>Retries without a delay; 0 switches retries off.</summary>
    public static void RetriesAtOnce(this DatabricksServingOptions options, int maxRetryAttempts) =>
        options.Resilience.Retry = maxRetryAttempts == 0 ? null : new()
        {
            MaxRetryAttempts = maxRetryAttempts,
            Delay = TimeSpan.Zero,
            MaxDelay = TimeSpan.FromMinutes(1),
        };

    /// <summary>Sets the total timeout; null switches it off.</summary>
    public static void TotalTimeout(this DatabricksServingOptions options, TimeSpan? timeout) =>
        options.Resilience.TotalRequestTimeout = timeout is { } limit ? new() { Timeout = limit } : null;

    /// <summary>Limits the concurrent calls of each endpoint.</summary>
    public static void Concurrency(this DatabricksServingOptions options, int permitLimit, int queueLimit = 1000) =>
        options.Resilience.RateLimiter = Limiter(permitLimit, queueLimit);

    public static HttpRateLimiterStrategyOptions Limiter(int permitLimit, int queueLimit) =>
        new() { DefaultRateLimiterOptions = new() { PermitLimit = permitLimit, QueueLimit = queueLimit } };

    /// <summary>Opens the circuit after this many failed attempts.</summary>
    public static void BreaksAfter(this DatabricksServingOptions options, int attempts) => options.Resilience.CircuitBreaker = new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = attempts,
        BreakDuration = TimeSpan.FromSeconds(15),
    };
}
