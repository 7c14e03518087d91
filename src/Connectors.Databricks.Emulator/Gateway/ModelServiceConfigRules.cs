using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>Checks rate limits and the inference table of a model service [go]. Unconfirmed: every text.</summary>
internal static class ModelServiceConfigRules
{
    private static readonly string[] Keys =
    [
        "RATE_LIMIT_KEY_SERVICE", "RATE_LIMIT_KEY_USER", "RATE_LIMIT_KEY_USER_DEFAULT", "RATE_LIMIT_KEY_USER_GROUP",
        "RATE_LIMIT_KEY_SERVICE_PRINCIPAL", "RATE_LIMIT_KEY_REQUEST_TAG",
    ];

    private static readonly string[] Periods = ["RATE_LIMIT_RENEWAL_PERIOD_MINUTE", "RATE_LIMIT_RENEWAL_PERIOD_HOUR"];
    private static readonly string[] Members = ["routing", "rate_limits", "inference_table"];

    /// <exception cref="ApiErrorException">The configuration is rejected.</exception>
    public static void Check(JsonObject config)
    {
        var unknown = config.Select(member => member.Key).FirstOrDefault(member => !Members.Contains(member));
        Refuse(unknown is not null, $"Unknown field 'config.{unknown}'.");
        foreach (var limit in config.Objects("rate_limits"))
        {
            CheckLimit(limit);
        }

        if (config.Object("inference_table") is JsonObject table)
        {
            Refuse(
                table.Text("parent")?.StartsWith("schemas/", StringComparison.Ordinal) is not true,
                "inference_table.parent must start with 'schemas/'.");
        }
    }

    /// <summary>The schema and the prefix of a table cannot be changed once it exists. Unconfirmed: that it can be removed.</summary>
    /// <exception cref="ApiErrorException">They change.</exception>
    public static void CheckTable(JsonObject before, JsonObject after)
    {
        if (before.Object("inference_table") is JsonObject old && after.Object("inference_table") is JsonObject table)
        {
            foreach (var member in (string[])["parent", "table_name_prefix"])
            {
                Refuse(old.Text(member) != table.Text(member), $"inference_table.{member} cannot be changed.");
            }
        }
    }

    private static void CheckLimit(JsonObject limit)
    {
        var key = limit.Text("key") ?? "";
        Refuse(!Keys.Contains(key), $"Rate limit key '{key}' is not supported.");
        Refuse(
            !Periods.Contains(limit.Text("renewal_period")),
            $"renewal_period '{limit.Text("renewal_period")}' of a rate limit is not supported.");
        Refuse(limit.Number("requests") is null && limit.Number("tokens") is null, "A rate limit needs requests or tokens.");
        var isOfPrincipal = key is "RATE_LIMIT_KEY_USER" or "RATE_LIMIT_KEY_USER_GROUP" or "RATE_LIMIT_KEY_SERVICE_PRINCIPAL";
        Refuse(isOfPrincipal && limit.Text("principal") is null, $"A rate limit of {key} needs a principal.");
        Refuse(!isOfPrincipal && limit.IsGiven("principal"), $"A rate limit of {key} has no principal.");
        Refuse(
            key == "RATE_LIMIT_KEY_REQUEST_TAG" && limit.Text("request_tag_key") is null,
            "A rate limit of RATE_LIMIT_KEY_REQUEST_TAG needs a request_tag_key.");
        Refuse(
            key != "RATE_LIMIT_KEY_REQUEST_TAG" && (limit.IsGiven("request_tag_key") || limit.IsGiven("request_tag_value")),
            $"A rate limit of {key} has no request tag.");
    }

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw ApiErrorException.Invalid(message);
        }
    }
}
