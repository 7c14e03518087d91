using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>Reads the rate limits of a model service [go].</summary>
internal static class ModelServiceRateLimits
{
    public static IReadOnlyList<RateLimit> Of(JsonObject config) => [.. config.Objects("rate_limits").Select(Read)];

    private static RateLimit Read(JsonObject limit)
    {
        var key = limit.Text("key") ?? "RATE_LIMIT_KEY_SERVICE";
        return new RateLimit(
            key,
            key switch
            {
                "RATE_LIMIT_KEY_USER_DEFAULT" => RateLimitScope.EachCaller,
                "RATE_LIMIT_KEY_USER" or "RATE_LIMIT_KEY_SERVICE_PRINCIPAL" => RateLimitScope.Caller,
                "RATE_LIMIT_KEY_USER_GROUP" => RateLimitScope.Group,
                "RATE_LIMIT_KEY_REQUEST_TAG" => RateLimitScope.Tag,
                _ => RateLimitScope.All,
            },
            limit.Text("principal") ?? limit.Text("request_tag_key"),
            limit.Number("requests"),
            limit.Number("tokens"),
            limit.Text("renewal_period") == "RATE_LIMIT_RENEWAL_PERIOD_HOUR" ? 3600 : 60)
        {
            TagValue = limit.Text("request_tag_value"),
        };
    }
}
