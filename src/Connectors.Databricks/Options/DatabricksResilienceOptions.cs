using Microsoft.Extensions.Http.Resilience;

namespace Connectors.Databricks;

/// <summary>
/// Resilience strategies for each call, with the members and types of <see cref="HttpStandardResilienceOptions"/>. A strategy that is
/// <see langword="null"/> is switched off.
/// </summary>
/// <remarks>
/// Order, from the outermost to the innermost: total request timeout, retry, rate limiter, circuit breaker, attempt timeout. Rate limiter
/// and circuit breaker apply to inference calls only, with one limiter and one circuit per endpoint.
/// </remarks>
public sealed partial class DatabricksResilienceOptions
{
    /// <summary>Ten minutes: above the longest server-side timeout in the documentation (597 s).</summary>
    internal static readonly TimeSpan DefaultTotalRequestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Two retries: three attempts bridge the restart of one replica.</summary>
    internal const int DefaultMaxRetryAttempts = 2;

    /// <summary>8 retries: with backoff they wait four minutes, and a batch has time.</summary>
    internal const int BatchRetryAttempts = 8;

    /// <summary>One second: the base delay of Databricks' own SDKs.</summary>
    internal static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>One minute: token-per-minute limits refill within it.</summary>
    internal static readonly TimeSpan DefaultMaxRetryDelay = TimeSpan.FromMinutes(1);

    private HttpRetryStrategyOptions? _retry = NewRetry();

    /// <summary>Initializes a new instance of the <see cref="DatabricksResilienceOptions"/> class with default values.</summary>
    public DatabricksResilienceOptions()
    {
    }

    /// <summary>
    /// Gets or sets the rate limiter. Its default limiter is a concurrency limiter per endpoint; a streaming response keeps its lease until
    /// it has been read to the end or disposed. Calls beyond <c>DefaultRateLimiterOptions.PermitLimit</c> wait in a queue of
    /// <c>QueueLimit</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no limit: the service throttles by tokens, which a client cannot count up front.</value>
    public HttpRateLimiterStrategyOptions? RateLimiter { get; set; }

    /// <summary>
    /// Gets or sets the total timeout of a call, including retries and the wait for a lease: until its body has been read or, for a stream,
    /// until its response headers arrive.
    /// </summary>
    /// <value>Default: 10 minutes. <see langword="null"/> switches it off.</value>
    public HttpTimeoutStrategyOptions? TotalRequestTimeout { get; set; } = NewTotalRequestTimeout();

    /// <summary>
    /// Gets or sets the retry strategy. Unless <c>ShouldHandle</c> is set, only failures that are safe to repeat are retried, however the
    /// options were created: connection failures, 408, 429, 502 and 503, because the service may bill any other inference request. Unless
    /// <c>DelayGenerator</c> is set, <c>Retry-After</c> takes precedence over the backoff, and a longer one than <c>MaxDelay</c> fails the
    /// call.
    /// </summary>
    /// <value>
    /// Default: 2 retries, exponential backoff with jitter from 1 second to 1 minute. <see langword="null"/> switches it off. In an app
    /// that adds a resilience handler of its own to the HTTP client, retries are off unless this property is set.
    /// </value>
    public HttpRetryStrategyOptions? Retry
    {
        get => _retry;
        set => (_retry, IsRetrySet) = (value, true);
    }

    /// <summary>
    /// Gets or sets the circuit breaker, one per endpoint. Unless <c>ShouldHandle</c> is set, connection failures, timeouts and 500, 502,
    /// 503 and 504 count as failures; throttling does not.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no circuit breaker.</value>
    public HttpCircuitBreakerStrategyOptions? CircuitBreaker { get; set; }

    /// <summary>
    /// Gets or sets the timeout of one attempt, until its response headers arrive. A response that is not streamed sends its headers when
    /// it is complete.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none: cold starts and long reasoning take minutes.</value>
    public HttpTimeoutStrategyOptions? AttemptTimeout { get; set; }

    /// <summary>
    /// Gets or sets the retry budget: the most retries per minute over all calls of the client. When it is exhausted, failures are thrown
    /// without a retry, so that retries do not prolong an outage.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no budget.</value>
    public int? RetryBudget { get; set; }

    /// <summary>Gets or sets the rate limit and the adaptive concurrency limit.</summary>
    /// <value>Default: no rate limit; a configured concurrency limit adapts to 429 responses.</value>
    public DatabricksThrottlingOptions Throttling { get; set; } = new();

    /// <summary>Whether the app configured retries, and does not merely have the defaults.</summary>
    internal bool IsRetryConfigured => IsRetrySet || !HasDefaultRetry;

    private bool IsRetrySet { get; set; }

    internal static HttpRetryStrategyOptions NewRetry() => new()
    {
        MaxRetryAttempts = DefaultMaxRetryAttempts,
        Delay = DefaultRetryDelay,
        MaxDelay = DefaultMaxRetryDelay,
    };

    internal static HttpTimeoutStrategyOptions NewTotalRequestTimeout() => new()
    {
        Name = nameof(TotalRequestTimeout),
        Timeout = DefaultTotalRequestTimeout,
    };

    internal static HttpTimeoutStrategyOptions NewAttemptTimeout() => new() { Name = nameof(AttemptTimeout) };
}
