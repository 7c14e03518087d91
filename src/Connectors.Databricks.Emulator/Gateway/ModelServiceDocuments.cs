using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Writes model services; what each view omits is documented [docs:api/workspace/aigateway]. Unconfirmed: the owner of a system service.
/// </summary>
internal sealed class ModelServiceDocuments(DatabricksEmulatorOptions options, DestinationReader destinations)
{
    public const string NamePrefix = "model-services/";

    private const string Metastore = "ae000000-0000-4000-8000-000000000001";
    private const string System = "System user";

    public JsonObject Write(ModelService service, bool isFull)
    {
        var state = service.State;
        var json = new JsonObject { ["name"] = NamePrefix + service.Name };
        if (state.Comment is string comment)
        {
            json["comment"] = comment;
        }

        json["effective_owner"] = state.Owner ?? (service.IsSystem ? System : EndpointStore.User);
        json["etag"] = service.Etag;
        json["metastore_id"] = Metastore;
        json["supported_api_types"] = new JsonArray(
            [.. service.Endpoint.Life.Model?.ApiTypes.Select(type => JsonValue.Create(NameOf(type))) ?? []]);
        json["create_time"] = Time(state.CreatedAt);
        json["created_by"] = state.CreatedBy ?? System;
        json["update_time"] = Time(state.UpdatedAt);
        json["updated_by"] = state.UpdatedBy ?? System;
        json["config"] = isFull ? Full(service, (JsonObject)state.Config.DeepClone()) : Basic((JsonObject)state.Config.DeepClone());
        return json;
    }

    private string NameOf(string api) => !options.Quirks.UsesShortApiNames ? api : api switch
    {
        "mlflow/v1/chat/completions" => "chat",
        "mlflow/v1/responses" => "responses",
        "mlflow/v1/embeddings" => "embeddings",
        _ => api,
    };

    /// <summary>Adds what the service resolves: models of endpoints, deleted destinations, the name of the table.</summary>
    private JsonObject Full(ModelService service, JsonObject config)
    {
        var routing = config.Object("routing") ?? [];
        foreach (var destination in routing.Objects("destinations").Concat(routing.Object("fallback")?.Objects("destinations") ?? []))
        {
            if (destination.Object("provisioned_throughput_config") is JsonObject throughput)
            {
                if (destinations.EndpointOf(destination)?.Life.State.Shown?.Entities is [{ EntityName: string model }, ..])
                {
                    throughput["model"] = model;
                }
                else
                {
                    destination["is_deleted"] = true;
                }
            }
        }

        if (config.Object("inference_table") is JsonObject table && table.Text("parent") is string parent)
        {
            var prefix = table.Text("table_name_prefix") ?? service.Name[(service.Name.LastIndexOf('.') + 1)..];
            table["table"] = $"tables/{parent["schemas/".Length..]}.{prefix}_payload";
        }

        return config;
    }

    /// <summary>No destinations, no details of the inference table, and no principals of rate limits.</summary>
    private static JsonObject Basic(JsonObject config)
    {
        config.Remove("routing");
        config.Remove("inference_table");
        foreach (var limit in config.Objects("rate_limits"))
        {
            limit.Remove("principal");
        }

        return config;
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
