using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Counts requests against the rate limits of a model service, in windows of a minute or an hour of the clock. Limits of tokens, except 0,
/// which denies all requests, and of groups are stored, not enforced. Unconfirmed: the text, and where a window begins.
/// </summary>
internal sealed class ModelServiceLimits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, string Who, long Window), long> _requests = [];

    /// <param name="service">The name of the service.</param>
    /// <param name="limits">Its <c>rate_limits</c>.</param>
    /// <param name="caller">A user, or the client id of a service principal.</param>
    /// <param name="tags">The request tags.</param>
    /// <param name="now">The time of the request.</param>
    /// <returns>Null when the request is within every limit.</returns>
    public BodyResponse? Refuse(
        string service,
        IReadOnlyList<JsonObject> limits,
        string caller,
        IReadOnlyDictionary<string, string> tags,
        DateTimeOffset now)
    {
        lock (_lock)
        {
            List<(string Key, string Who, long Window)> counted = [];
            foreach (var limit in limits)
            {
                var key = limit.Text("key") ?? "RATE_LIMIT_KEY_SERVICE";
                var most = limit.Number("tokens") is 0 ? 0 : limit.Number("requests");
                if (most is null || Who(key, limit, service, caller, tags) is not string who)
                {
                    continue;
                }

                var slot = (key, who, Window(limit, now));
                counted.Add(slot);
                if (_requests.GetValueOrDefault(slot) >= most)
                {
                    return ServerResponse.Error(
                        429, "REQUEST_LIMIT_EXCEEDED", $"REQUEST_LIMIT_EXCEEDED: Exceeded rate limit of model service {service}.");
                }
            }

            foreach (var slot in counted.Distinct())
            {
                _requests[slot] = _requests.GetValueOrDefault(slot) + 1;
            }

            return null;
        }
    }

    private static long Window(JsonObject limit, DateTimeOffset now) =>
        now.ToUnixTimeSeconds() / (limit.Text("renewal_period") == "RATE_LIMIT_RENEWAL_PERIOD_HOUR" ? 3600 : 60);

    private static string? Who(
        string key, JsonObject limit, string service, string caller, IReadOnlyDictionary<string, string> tags) => key switch
        {
            "RATE_LIMIT_KEY_SERVICE" => service,
            "RATE_LIMIT_KEY_USER_DEFAULT" => caller,
            "RATE_LIMIT_KEY_USER" or "RATE_LIMIT_KEY_SERVICE_PRINCIPAL" => limit.Text("principal") == caller ? caller : null,
            "RATE_LIMIT_KEY_REQUEST_TAG" => limit.Text("request_tag_key") is string tag && tags.TryGetValue(tag, out var value)
                && limit.Text("request_tag_value") is var only && (only is null || only == value) ? $"{tag}={value}" : null,
            _ => null,
        };
}
