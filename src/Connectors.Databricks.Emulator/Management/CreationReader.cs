using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Reads the name and the settings of a new endpoint. Unconfirmed: every text.</summary>
internal static partial class CreationReader
{
    public static string Name(JsonObject body)
    {
        var name = body.Text("name") ?? "";
        return ProperName().IsMatch(name)
            ? name
            : throw ApiErrorException.Invalid(
                $"Endpoint name '{name}' may hold letters, digits, dashes and underscores only, 1 to 63 of them.");
    }

    public static EndpointSettings Settings(JsonObject body) => new()
    {
        Description = body.Text("description") ?? "",
        BudgetPolicyId = body.Text("budget_policy_id"),
        MetricsExport = MetricsExport(body),
        Tags = Tags(body, "tags"),
        RateLimits = GatewayReader.ReadRateLimits(body),
        Notifications = body.Object("email_notifications")?.DeepClone() as JsonObject,
    };

    public static string? MetricsExport(JsonObject body) => body.Text("uc_system_metrics_export_state") switch
    {
        null or "FIRST_PARTY_EXPORT_ENABLED" or "FIRST_PARTY_EXPORT_DISABLED" => body.Text("uc_system_metrics_export_state"),
        var other => throw ApiErrorException.Invalid($"uc_system_metrics_export_state '{other}' is not supported."),
    };

    public static Dictionary<string, string?> Tags(JsonObject body, string member)
    {
        Dictionary<string, string?> tags = [];
        foreach (var tag in body.Objects(member))
        {
            var key = tag.Text("key") is { Length: > 0 } given ? given : throw ApiErrorException.Invalid("Each tag needs a key.");
            tags[key] = tag.Text("value");
        }

        return tags;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$")]
    private static partial Regex ProperName();
}
