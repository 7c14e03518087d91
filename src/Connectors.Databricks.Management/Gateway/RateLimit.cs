namespace Connectors.Databricks.Management;

/// <summary>How much may be called within a time.</summary>
public sealed record RateLimit : EndpointDocument
{
    /// <summary>What is counted.</summary>
    /// <value>Default: the service takes <see cref="RateLimitKey.Endpoint"/>.</value>
    public RateLimitKey? Key { get; init; }

    /// <summary>The user's mail address, the group's name or the service principal's application id, where the key asks for one.</summary>
    public string? Principal { get; init; }

    /// <summary>The most calls; this, <see cref="Tokens"/> or both.</summary>
    public long? Calls { get; init; }

    /// <summary>The most tokens.</summary>
    public long? Tokens { get; init; }

    /// <summary>The period after which the count restarts.</summary>
    /// <value>Default: <see cref="RateLimitRenewalPeriod.Minute"/>.</value>
    public RateLimitRenewalPeriod RenewalPeriod { get => field == default ? RateLimitRenewalPeriod.Minute : field; init; }
}
