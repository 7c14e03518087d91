namespace Connectors.Databricks.Management;

/// <summary>A rate limit of a model service. Requests beyond it fail with 429.</summary>
public sealed record ModelServiceRateLimit : EndpointDocument
{
    /// <summary>Gets what is counted together.</summary>
    /// <value>Default: <see cref="ModelServiceRateLimitKey.Service"/>.</value>
    public ModelServiceRateLimitKey Key { get => field == default ? ModelServiceRateLimitKey.Service : field; init; }

    /// <summary>
    /// Gets the email address of the user, the name of the group or the application id of the service principal, when the key requires one.
    /// </summary>
    public string? Principal { get; init; }

    /// <summary>Gets the key of the request tag, for <see cref="ModelServiceRateLimitKey.RequestTag"/>.</summary>
    public string? RequestTagKey { get; init; }

    /// <summary>Gets the value of the request tag; <see langword="null"/> counts each value by itself.</summary>
    public string? RequestTagValue { get; init; }

    /// <summary>Gets the maximum number of requests per period: 0 denies all, <see langword="null"/> sets no limit.</summary>
    public long? Requests { get; init; }

    /// <summary>Gets the maximum number of tokens per period: 0 denies all requests, <see langword="null"/> sets no limit.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the period after which the count restarts.</summary>
    /// <value>Default: <see cref="ModelServiceRenewalPeriod.Minute"/>.</value>
    public ModelServiceRenewalPeriod RenewalPeriod { get => field == default ? ModelServiceRenewalPeriod.Minute : field; init; }
}
