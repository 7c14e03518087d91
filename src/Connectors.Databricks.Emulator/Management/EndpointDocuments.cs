using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Writes endpoints: summaries for the list (§9.2), details for one endpoint (appendix A.1).</summary>
internal static class EndpointDocuments
{
    public static JsonObject List(IEnumerable<ServingEndpoint> endpoints) => new()
    {
        ["endpoints"] = new JsonArray(
            [.. endpoints.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal).Select(endpoint => Summary(endpoint))]),
    };

    public static JsonObject Detail(ServingEndpoint endpoint, EndpointState state)
    {
        var settings = endpoint.Life.Settings;
        var detail = Frame(endpoint, state, settings);
        detail["description"] = settings.Description;
        detail["permission_level"] = "CAN_MANAGE";
        detail["route_optimized"] = endpoint.IsRouteOptimized;
        if (endpoint.EndpointUrl is Uri url)
        {
            detail["endpoint_url"] = url.AbsoluteUri;
            detail["data_plane_info"] = new JsonObject
            {
                ["query_info"] = new JsonObject
                {
                    ["authorization_details"] = AuthorizationDetails.For(endpoint),
                    ["endpoint_url"] = url.AbsoluteUri,
                },
            };
        }

        if (settings.Notifications is JsonObject notifications)
        {
            detail["email_notifications"] = notifications.DeepClone();
        }

        if (state.Active is EndpointConfig active)
        {
            detail["config"] = EntityDocuments.Full(active);
        }

        if (state.Pending is EndpointConfig pending)
        {
            // Until the first deployment completes there is only this member (unnamed public capture).
            var json = EntityDocuments.Full(pending);
            json["start_time"] = pending.StartedAt;
            detail["pending_config"] = json;
        }

        if (state.Active?.Entities is [{ Kind: EntityKind.PayPerToken, Model.Chat: not null }, ..])
        {
            // Undocumented, read by a first-party client [bridge].
            detail["capabilities"] = new JsonObject { ["function_calling"] = true };
        }

        return detail;
    }

    private static JsonObject Summary(ServingEndpoint endpoint)
    {
        var state = endpoint.Life.State;
        var settings = endpoint.Life.Settings;
        var summary = Frame(endpoint, state, settings);
        if (settings.Description.Length > 0)
        {
            summary["description"] = settings.Description;
        }

        // Unconfirmed: the list item of an endpoint that has never been deployed.
        if (state.Active is EndpointConfig active)
        {
            summary["config"] = EntityDocuments.Summary(active);
        }

        return summary;
    }

    private static JsonObject Frame(ServingEndpoint endpoint, EndpointState state, EndpointSettings settings)
    {
        var frame = new JsonObject
        {
            ["name"] = endpoint.Name,
            ["id"] = endpoint.Id,
            ["creator"] = EndpointStore.User,
            ["creation_timestamp"] = state.CreatedAt,
            ["last_updated_timestamp"] = state.LastUpdatedAt,
            ["state"] = new JsonObject
            {
                ["ready"] = state.IsReady ? "READY" : "NOT_READY",
                ["config_update"] = state.ConfigUpdate,

                // Undocumented; seen with this value on an endpoint that ran (unnamed public capture). Unconfirmed: the other value.
                ["suspend"] = state.IsStopped ? "SUSPENDED" : "NOT_SUSPENDED",
            },
        };
        if (endpoint.Task is string task)
        {
            frame["task"] = task;
        }

        if (settings.Tags.Count > 0)
        {
            frame["tags"] = Tags(settings);
        }

        Add(frame, "ai_gateway", settings.Gateway);
        Add(frame, "rate_limits", settings.RateLimits);
        Add(frame, "telemetry_config", settings.Telemetry);
        Add(frame, "uc_system_metrics_export_state", settings.MetricsExport);
        Add(frame, "budget_policy_id", settings.BudgetPolicyId);
        return frame;
    }

    public static JsonArray Tags(EndpointSettings settings) =>
        new([.. settings.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag =>
        {
            var json = new JsonObject { ["key"] = tag.Key };
            Add(json, "value", tag.Value);
            return json;
        })]);

    private static void Add(JsonObject json, string member, JsonNode? value)
    {
        if (value is not null)
        {
            json[member] = value.DeepClone();
        }
    }
}
