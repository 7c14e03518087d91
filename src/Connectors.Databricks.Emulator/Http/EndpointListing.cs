using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>The management view: summaries in the list (§9.2), everything in the detail (appendix A.1).</summary>
internal sealed class EndpointListing(DatabricksEmulatorOptions options)
{
    /// <summary>Who made the endpoints and owns the personal access token.</summary>
    public const string User = "emulator@example.com";

    private readonly long _created = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    public JsonObject List(IEnumerable<EmulatedEndpoint> endpoints)
    {
        JsonArray list = [];
        foreach (EmulatedEndpoint endpoint in endpoints.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal))
        {
            list.Add((JsonNode)Summary(endpoint));
        }

        return new JsonObject { ["endpoints"] = list };
    }

    public JsonObject Detail(EmulatedEndpoint endpoint)
    {
        JsonObject entity = Entity(endpoint);
        if (!IsFoundationModel(endpoint))
        {
            entity["workload_size"] = "Small";
            entity["workload_type"] = "CPU";
            entity["scale_to_zero_enabled"] = true;
        }

        entity["creator"] = User;
        entity["creation_timestamp"] = _created;
        entity["state"] = new JsonObject { ["deployment"] = "DEPLOYMENT_READY", ["deployment_state_message"] = "" };
        JsonObject detail = Frame(endpoint);
        detail["description"] = "";
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

        detail["config"] = new JsonObject
        {
            ["config_version"] = 1,
            ["served_entities"] = new JsonArray(entity),
            ["traffic_config"] = new JsonObject
            {
                ["routes"] = new JsonArray(new JsonObject
                {
                    ["served_model_name"] = endpoint.ServedEntityName,
                    ["served_entity_name"] = endpoint.ServedEntityName,
                    ["traffic_percentage"] = 100,
                }),
            },
        };
        if (IsFoundationModel(endpoint) && endpoint.Facts is not null)
        {
            // Undocumented, read by a first-party client [bridge].
            detail["capabilities"] = new JsonObject { ["function_calling"] = true };
        }

        return detail;
    }

    private JsonObject Summary(EmulatedEndpoint endpoint)
    {
        JsonObject summary = Frame(endpoint);
        summary["config"] = new JsonObject { ["served_entities"] = new JsonArray(Entity(endpoint)) };
        return summary;
    }

    private JsonObject Frame(EmulatedEndpoint endpoint)
    {
        var frame = new JsonObject
        {
            ["name"] = endpoint.Name,
            ["id"] = endpoint.Id,
            ["creator"] = User,
            ["creation_timestamp"] = _created,
            ["last_updated_timestamp"] = _created,
            ["state"] = new JsonObject { ["ready"] = "READY", ["config_update"] = "NOT_UPDATING" },
        };
        if (endpoint.Task is not null)
        {
            frame["task"] = endpoint.Task;
        }

        return frame;
    }

    private static JsonObject Entity(EmulatedEndpoint endpoint)
    {
        var entity = new JsonObject
        {
            ["name"] = endpoint.ServedEntityName,
            ["entity_name"] = endpoint.Entity,
            ["entity_version"] = "1",
        };
        if (IsFoundationModel(endpoint))
        {
            bool isEmbedding = endpoint.Task == "llm/v1/embeddings";
            string? displayName = endpoint.Facts?.DisplayName ?? endpoint.EmbeddingFacts?.DisplayName;

            // unseen: the values; the members are [go] and, from api_types on, [goose].
            entity["foundation_model"] = new JsonObject
            {
                ["name"] = endpoint.Entity,
                ["display_name"] = displayName,
                ["docs"] = "https://docs.databricks.com/machine-learning/foundation-models/index.html",
                ["description"] = $"An emulated {endpoint.Facts?.DisplayName ?? "embedding model"}.",
                ["api_types"] = new JsonArray(isEmbedding ? "mlflow/v1/embeddings" : "mlflow/v1/chat/completions"),
                ["ai_gateway_v2_supported"] = true,
            };
        }

        return entity;
    }

    /// <summary>Pay-per-token models have no workload to size.</summary>
    private static bool IsFoundationModel(EmulatedEndpoint endpoint) => endpoint.Entity.StartsWith("system.ai.", StringComparison.Ordinal);
}
