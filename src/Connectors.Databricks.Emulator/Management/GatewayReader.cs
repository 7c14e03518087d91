using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Reads the AI Gateway block (§9.8) and the older rate limits. Unconfirmed: every text.</summary>
internal static class GatewayReader
{
    private static readonly string[] Parts =
        ["usage_tracking_config", "inference_table_config", "rate_limits", "guardrails", "fallback_config"];

    private static readonly string[] Keys = ["user", "endpoint", "user_group", "service_principal"];
    private static readonly string[] PiiBehaviors = ["NONE", "BLOCK", "MASK"];

    /// <returns>Null when every part is empty: the endpoint then has no gateway [cli].</returns>
    public static JsonObject? Read(JsonObject? body, EndpointState state)
    {
        var gateway = new JsonObject();
        foreach (var part in Parts.Where(part => body is not null && body[part] is JsonObject or JsonArray { Count: > 0 }))
        {
            gateway[part] = body![part]!.DeepClone();
        }

        foreach (var limit in gateway.Objects("rate_limits"))
        {
            Check(limit);
        }

        var table = gateway.Object("inference_table_config");
        Refuse(table?.Flag("enabled") is true && (table.Text("catalog_name") is null || table.Text("schema_name") is null),
            "catalog_name and schema_name are required to enable inference tables.");
        var guardrails = gateway.Object("guardrails");
        foreach (var side in (string[])["input", "output"])
        {
            var behavior = guardrails?.Object(side)?.Object("pii")?.Text("behavior");
            Refuse(behavior is not null && !PiiBehaviors.Contains(behavior), $"PII behavior '{behavior}' is not supported.");
        }

        var isExternal = state.Shown?.Entities is [{ Kind: EntityKind.External }, ..];
        Refuse(gateway.Object("fallback_config")?.Flag("enabled") is true && !isExternal,
            "Fallbacks are supported for endpoints with external models only.");
        return gateway.Count == 0 ? null : gateway;
    }

    /// <summary>The older limits know users and endpoints only [go].</summary>
    public static JsonArray? ReadRateLimits(JsonObject body)
    {
        foreach (var limit in body.Objects("rate_limits"))
        {
            Refuse(limit.Number("calls") is null, "calls is required in a rate limit.");
            Refuse(limit.Text("key") is not (null or "user" or "endpoint"), $"Rate limit key '{limit.Text("key")}' is not supported.");
            Check(limit);
        }

        return body["rate_limits"] is JsonArray { Count: > 0 } limits ? (JsonArray)limits.DeepClone() : null;
    }

    private static void Check(JsonObject limit)
    {
        var key = limit.Text("key") ?? "endpoint";
        Refuse(!Keys.Contains(key), $"Rate limit key '{key}' is not supported.");
        Refuse(limit.Text("renewal_period") != "minute", "The renewal_period of a rate limit must be 'minute'.");
        Refuse(limit.Number("calls") is null && limit.Number("tokens") is null, "A rate limit needs calls or tokens.");
        Refuse(
            key is "user_group" or "service_principal" && limit.Text("principal") is null,
            $"A rate limit of '{key}' needs a principal.");
    }

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw ApiErrorException.Invalid(message);
        }
    }
}
