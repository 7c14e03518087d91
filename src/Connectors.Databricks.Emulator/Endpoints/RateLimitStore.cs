using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>
/// Counts requests and tokens against the rate limits of an endpoint or a model service; 0 denies all requests. A limit of a caller takes
/// precedence over those of groups, and both over that of each caller. The members of a group share its limit; in several groups, a caller
/// is limited when the limits of requests of all of them are exceeded, or those of tokens [docs:aws/en/ai-gateway/rate-limits]. A limit of
/// one value of a tag replaces that of each value [go]. A request is admitted while tokens are left, and its own are counted afterwards.
/// Unconfirmed: where a period begins, here that of the clock; that tokens are not reserved; that a limit of tokens alone also replaces one
/// of requests; and that tags are independent of the rest.
/// </summary>
internal sealed class RateLimitStore
{
    /// <summary>Counters of periods that ended are removed when there are more.</summary>
    private const int MaxCounters = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Counter, long> _counts = [];

    /// <summary>Counts a request that is within every limit.</summary>
    /// <returns>The limit that it exceeds; null when it is admitted.</returns>
    public RateLimit? Exceeded(LimitedRequest request)
    {
        var limits = Applicable(request);
        lock (_lock)
        {
            var exceeded = Exceeded(request, limits, isTokens: false) ?? Exceeded(request, limits, isTokens: true);
            if (exceeded is null)
            {
                Add(request, limits, 1, isTokens: false);
            }

            return exceeded;
        }
    }

    /// <summary>Counts the tokens of a response, once it is known.</summary>
    public ServerResponse CountTokens(LimitedRequest request, ServerResponse answer)
    {
        var limits = Applicable(request);
        return limits.All(limit => limit.Tokens is null) ? answer : TokenWatch.On(answer, tokens =>
        {
            lock (_lock)
            {
                Add(request, limits, tokens, isTokens: true);
            }
        });
    }

    private RateLimit? Exceeded(LimitedRequest request, IReadOnlyList<RateLimit> limits, bool isTokens)
    {
        var exceeded = limits.Where(limit => Most(limit, isTokens) is double most
            && _counts.GetValueOrDefault(CounterOf(request, limit, isTokens)) >= most).ToList();
        var groups = limits.Count(limit => limit.Scope == RateLimitScope.Group && Most(limit, isTokens) is not null);
        return exceeded.Find(limit => limit.Scope != RateLimitScope.Group)
            ?? (exceeded.Count == groups ? exceeded.FirstOrDefault() : null);
    }

    private void Add(LimitedRequest request, IReadOnlyList<RateLimit> limits, long count, bool isTokens)
    {
        if (_counts.Count > MaxCounters)
        {
            foreach (var over in _counts.Keys.Where(counter => counter.EndsAt <= request.Time.ToUnixTimeSeconds()).ToArray())
            {
                _counts.Remove(over);
            }
        }

        foreach (var counter in limits.Where(limit => Most(limit, isTokens) is not null)
            .Select(limit => CounterOf(request, limit, isTokens)).Distinct())
        {
            _counts[counter] = _counts.GetValueOrDefault(counter) + count;
        }
    }

    private static List<RateLimit> Applicable(LimitedRequest request)
    {
        var mine = request.Limits.Where(limit => limit.Scope switch
        {
            RateLimitScope.Caller => limit.Name == request.Caller.Name,
            RateLimitScope.Group => request.Caller.Groups.Contains(limit.Name),
            RateLimitScope.Tag => request.Tags.TryGetValue(limit.Name!, out var value)
                && (limit.TagValue is null || limit.TagValue == value),
            _ => true,
        }).ToList();
        var hasOwn = mine.Exists(limit => limit.Scope == RateLimitScope.Caller);
        var hasGroup = mine.Exists(limit => limit.Scope == RateLimitScope.Group);
        return mine.FindAll(limit => limit.Scope switch
        {
            RateLimitScope.Tag => limit.TagValue is not null
                || !mine.Exists(other => other.Scope == RateLimitScope.Tag && other.Name == limit.Name && other.TagValue is not null),
            RateLimitScope.Group => !hasOwn,
            RateLimitScope.EachCaller => !hasOwn && !hasGroup,
            _ => true,
        });
    }

    private static double? Most(RateLimit limit, bool isTokens) => isTokens ? limit.Tokens : limit.Requests;

    private static Counter CounterOf(LimitedRequest request, RateLimit limit, bool isTokens) => new(
        limit.Scope,
        limit.Scope switch
        {
            RateLimitScope.EachCaller => request.Caller.Name,
            RateLimitScope.Tag => $"{limit.Name}={request.Tags[limit.Name!]}",
            _ => limit.Name ?? "",
        },
        isTokens,
        ((request.Time.ToUnixTimeSeconds() / limit.Seconds) + 1) * limit.Seconds,
        limit.Seconds);

    private readonly record struct Counter(RateLimitScope Scope, string Name, bool IsTokens, long EndsAt, int Seconds);
}
