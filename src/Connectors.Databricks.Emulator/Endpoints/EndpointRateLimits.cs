using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>Reads the rate limits of an endpoint: those of its AI Gateway, and the older ones.</summary>
internal static class EndpointRateLimits
{
    private const int Minute = 60;

    public static IReadOnlyList<RateLimit> Of(EndpointSettings settings) =>
    [
        .. (settings.Gateway?.Objects("rate_limits") ?? []).Concat(settings.RateLimits?.OfType<JsonObject>() ?? []).Select(Read),
    ];

    private static RateLimit Read(JsonObject limit)
    {
        var (key, principal) = (limit.Text("key") ?? "endpoint", limit.Text("principal"));
        return new RateLimit(
            key,
            key switch
            {
                "user" when principal is null => RateLimitScope.EachCaller,
                "user" or "service_principal" => RateLimitScope.Caller,
                "user_group" => RateLimitScope.Group,
                _ => RateLimitScope.All,
            },
            principal,
            limit.Number("calls"),
            limit.Number("tokens"),
            Minute);
    }
}
