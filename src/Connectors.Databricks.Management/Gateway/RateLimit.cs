namespace Connectors.Databricks.Management;

/// <summary>A rate limit: the maximum number of calls or tokens per period.</summary>
public sealed record RateLimit : EndpointDocument
{
    /// <summary>Gets the scope of the limit.</summary>
    /// <value>Default: <see langword="null"/>; the service uses <see cref="RateLimitKey.Endpoint"/>.</value>
    public RateLimitKey? Key { get; init; }

    /// <summary>
    /// Gets the email address of the user, the name of the group or the application id of the service
    /// principal, when the key requires one.
    /// </summary>
    public string? Principal { get; init; }

    /// <summary>Gets the maximum number of calls per period. Set this, <see cref="Tokens"/> or both.</summary>
    public long? Calls { get; init; }

    /// <summary>Gets the maximum number of tokens per period.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the renewal period, after which the count restarts.</summary>
    /// <value>Default: <see cref="RateLimitRenewalPeriod.Minute"/>.</value>
    public RateLimitRenewalPeriod RenewalPeriod { get => field == default ? RateLimitRenewalPeriod.Minute : field; init; }
}
