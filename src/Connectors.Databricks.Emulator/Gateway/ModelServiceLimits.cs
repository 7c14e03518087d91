using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Counts requests and tokens against the rate limits of a model service, in windows of a minute or an hour of the clock; 0 denies all
/// requests. A request is admitted while tokens are left, and its own are counted afterwards. Limits of groups are stored, not enforced.
/// Unconfirmed: the text, where a window begins, and that tokens are not reserved.
/// </summary>
internal sealed class ModelServiceLimits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Slot, long> _requests = [];
    private readonly Dictionary<Slot, long> _tokens = [];

    /// <returns>Null when the request is within every limit.</returns>
    public BodyResponse? Refuse(LimitedRequest request)
    {
        lock (_lock)
        {
            if (Slots(request, "requests").Any(slot => _requests.GetValueOrDefault(slot.Slot) >= slot.Most)
                || Slots(request, "tokens").Any(slot => _tokens.GetValueOrDefault(slot.Slot) >= slot.Most))
            {
                return ServerResponse.Error(
                    429, "REQUEST_LIMIT_EXCEEDED", $"REQUEST_LIMIT_EXCEEDED: Exceeded rate limit of model service {request.Service}.");
            }

            Add(_requests, Slots(request, "requests"), 1);
            return null;
        }
    }

    /// <summary>Counts the tokens of a response, once it is known.</summary>
    public ServerResponse CountTokens(LimitedRequest request, ServerResponse answer) =>
        !request.Limits.Any(limit => limit.IsGiven("tokens")) ? answer : TokenWatch.On(answer, tokens =>
        {
            lock (_lock)
            {
                Add(_tokens, Slots(request, "tokens"), tokens);
            }
        });

    private static void Add(Dictionary<Slot, long> counts, IEnumerable<(Slot Slot, double Most)> slots, long count)
    {
        foreach (var slot in slots.Select(one => one.Slot).Distinct())
        {
            counts[slot] = counts.GetValueOrDefault(slot) + count;
        }
    }

    private static IEnumerable<(Slot Slot, double Most)> Slots(LimitedRequest request, string member) =>
        from limit in request.Limits
        let key = limit.Text("key") ?? "RATE_LIMIT_KEY_SERVICE"
        let most = limit.Number(member)
        let who = Who(key, limit, request)
        where most is not null && who is not null
        select (new Slot(key, who, Window(limit, request.Time)), most.Value);

    private static long Window(JsonObject limit, DateTimeOffset now) =>
        now.ToUnixTimeSeconds() / (limit.Text("renewal_period") == "RATE_LIMIT_RENEWAL_PERIOD_HOUR" ? 3600 : 60);

    private static string? Who(string key, JsonObject limit, LimitedRequest request) => key switch
    {
        "RATE_LIMIT_KEY_SERVICE" => request.Service,
        "RATE_LIMIT_KEY_USER_DEFAULT" => request.Caller,
        "RATE_LIMIT_KEY_USER" or "RATE_LIMIT_KEY_SERVICE_PRINCIPAL" => limit.Text("principal") == request.Caller ? request.Caller : null,
        "RATE_LIMIT_KEY_REQUEST_TAG" => limit.Text("request_tag_key") is string tag && request.Tags.TryGetValue(tag, out var value)
            && limit.Text("request_tag_value") is var only && (only is null || only == value) ? $"{tag}={value}" : null,
        _ => null,
    };

    private readonly record struct Slot(string Key, string Who, long Window);
}
