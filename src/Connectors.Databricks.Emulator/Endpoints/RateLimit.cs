namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>What a rate limit counts.</summary>
internal enum RateLimitScope
{
    /// <summary>All requests to the endpoint or the model service.</summary>
    All,

    /// <summary>Each user and service principal without a limit of its own.</summary>
    EachCaller,

    /// <summary>One user or service principal.</summary>
    Caller,

    /// <summary>The members of a group together.</summary>
    Group,

    /// <summary>Each value of a request tag, or one value.</summary>
    Tag,
}

/// <summary>A rate limit of an endpoint or a model service.</summary>
/// <param name="Key">The key in the API.</param>
/// <param name="Scope">What is counted.</param>
/// <param name="Name">The caller, the group or the tag; null for the other scopes.</param>
/// <param name="Requests">The maximum number of requests; null for none.</param>
/// <param name="Tokens">The maximum number of tokens; null for none.</param>
/// <param name="Seconds">The length of a period.</param>
internal sealed record RateLimit(string Key, RateLimitScope Scope, string? Name, double? Requests, double? Tokens, int Seconds)
{
    /// <summary>The only value of the tag that is counted; null for each.</summary>
    public string? TagValue { get; init; }
}

/// <summary>A request as rate limits see it.</summary>
/// <param name="Limits">The limits of the endpoint or the model service.</param>
/// <param name="Caller">Who sends it.</param>
/// <param name="Tags">The request tags.</param>
/// <param name="Time">The time of the request.</param>
internal sealed record LimitedRequest(
    IReadOnlyList<RateLimit> Limits, Caller Caller, IReadOnlyDictionary<string, string> Tags, DateTimeOffset Time);
