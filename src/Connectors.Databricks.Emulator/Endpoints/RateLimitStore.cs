using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>
/// Counts calls per minute against the rate limits of an endpoint. Limits of tokens and groups are stored, not enforced. Unconfirmed: the
/// whole response, and where a minute begins; here it is that of the clock.
/// </summary>
internal sealed class RateLimitStore(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, string Who), long> _calls = [];
    private long _minute;

    /// <param name="endpoint">The name of the endpoint.</param>
    /// <param name="settings">Its limits.</param>
    /// <param name="caller">The caller: a user, or the client id of a service principal.</param>
    public BodyResponse? Refuse(string endpoint, EndpointSettings settings, string caller)
    {
        List<JsonObject> limits =
            [.. settings.Gateway?.Objects("rate_limits") ?? [], .. settings.RateLimits?.OfType<JsonObject>() ?? []];
        if (limits.Count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (minute != _minute)
            {
                _minute = minute;
                _calls.Clear();
            }

            foreach (var limit in limits)
            {
                var key = limit.Text("key") ?? "endpoint";
                if (limit.Number("calls") is double most && Who(key, limit, endpoint, caller) is string who
                    && _calls.GetValueOrDefault((key, who)) >= most)
                {
                    return ServerResponse.Error(
                        429, "REQUEST_LIMIT_EXCEEDED", $"REQUEST_LIMIT_EXCEEDED: Exceeded {key} rate limit for endpoint {endpoint}.");
                }
            }

            foreach (var counted in limits
                .Select(limit => (Key: limit.Text("key") ?? "endpoint", limit))
                .Select(pair => (pair.Key, Who: Who(pair.Key, pair.limit, endpoint, caller)))
                .Distinct())
            {
                if (counted.Who is not null)
                {
                    _calls[(counted.Key, counted.Who)] = _calls.GetValueOrDefault((counted.Key, counted.Who)) + 1;
                }
            }

            return null;
        }
    }

    private static string? Who(string key, JsonObject limit, string endpoint, string caller) => key switch
    {
        "endpoint" => endpoint,
        "user" => limit.Text("principal") is string named && named != caller ? null : caller,
        "service_principal" => limit.Text("principal") == caller ? caller : null,
        _ => null,
    };
}
