namespace Connectors.Databricks;

/// <summary>
/// Client-side throttling that <see cref="Microsoft.Extensions.Http.Resilience.HttpRateLimiterStrategyOptions"/> has no member for. It
/// applies to each endpoint separately, and to inference calls only.
/// </summary>
public sealed class DatabricksThrottlingOptions
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksThrottlingOptions"/> class with default values.</summary>
    public DatabricksThrottlingOptions()
    {
    }

    /// <summary>
    /// Gets or sets the rate limit of an endpoint as a token bucket: this many calls per second on average, and one second's worth as a
    /// burst.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no rate limit. 0.5 is one call every two seconds.</value>
    public double? MaxCallsPerSecond { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a 429 response halves the concurrency limit of its endpoint, down to 1. The limit grows by
    /// one after each round of calls that were not throttled. Requires <see cref="DatabricksResilienceOptions.RateLimiter"/> with its
    /// default limiter.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AdaptiveConcurrency { get; set; } = true;

    internal DatabricksThrottlingOptions Copy() => (DatabricksThrottlingOptions)MemberwiseClone();
}
