using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>
/// The permissions of an endpoint, addressed by its id (appendix A.4). They are stored, not enforced. Unconfirmed: the
/// texts, the descriptions, and that admins inherit.
/// </summary>
internal static class PermissionHandler
{
    private static readonly (string Level, string Description)[] Levels =
    [
        ("CAN_MANAGE", "Can manage the endpoint"), ("CAN_QUERY", "Can query the endpoint"), ("CAN_VIEW", "Can view the endpoint"),
    ];

    private static readonly string[] Principals = ["user_name", "group_name", "service_principal_name"];

    public static JsonObject DescribeLevels(ServingEndpoint _) => new()
    {
        ["permission_levels"] = new JsonArray([.. Levels.Select(level => new JsonObject
        {
            ["permission_level"] = level.Level,
            ["description"] = level.Description,
        })]),
    };

    public static JsonObject Describe(ServingEndpoint endpoint)
    {
        JsonArray list = [.. endpoint.Life.Settings.Access.Select(rule => (JsonNode)Entry(rule, inherited: false))];
        list.Add((JsonNode)Entry(new AccessRule("group_name", "admins", "CAN_MANAGE"), inherited: true));
        return new JsonObject
        {
            ["object_id"] = $"/serving-endpoints/{endpoint.Id}",
            ["object_type"] = "serving-endpoint",
            ["access_control_list"] = list,
        };
    }

    /// <summary>PUT replaces, PATCH merges [go]. The last entry of a principal wins [cli].</summary>
    public static JsonObject Change(ServingEndpoint endpoint, JsonObject body, bool replaces)
    {
        List<AccessRule> asked = [.. body.Objects("access_control_list").Select(Read)];
        endpoint.Life.Change((_, settings) => settings with
        {
            Access =
            [
                .. (replaces ? asked : settings.Access.Concat(asked))
                    .GroupBy(rule => (rule.Field, rule.Principal)).Select(same => same.Last()),
            ],
        });
        return Describe(endpoint);
    }

    private static AccessRule Read(JsonObject entry)
    {
        string[] named = [.. Principals.Where(field => entry.Text(field) is { Length: > 0 })];
        if (named.Length != 1)
        {
            throw ApiErrorException.Invalid($"Each entry needs exactly one of {string.Join(", ", Principals)}.");
        }

        var level = entry.Text("permission_level") ?? "";
        return Levels.Any(known => known.Level == level)
            ? new AccessRule(named[0], entry.Text(named[0])!, level)
            : throw ApiErrorException.Invalid($"Permission level '{level}' is not supported for serving endpoints.");
    }

    private static JsonObject Entry(AccessRule rule, bool inherited)
    {
        var entry = new JsonObject { [rule.Field] = rule.Principal };
        if (rule.Field != "group_name")
        {
            entry["display_name"] = rule.Principal;
        }

        var permission = new JsonObject { ["permission_level"] = rule.Level, ["inherited"] = inherited };
        if (inherited)
        {
            permission["inherited_from_object"] = new JsonArray("/serving-endpoints/");
        }

        entry["all_permissions"] = new JsonArray(permission);
        return entry;
    }
}
