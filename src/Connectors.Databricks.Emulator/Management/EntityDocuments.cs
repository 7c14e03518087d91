using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Writes configurations: in full, and as the list's summary. Registered models appear under the old spelling, too.</summary>
internal static class EntityDocuments
{
    public static JsonObject Full(EndpointConfig config)
    {
        var json = new JsonObject { ["config_version"] = config.Version };
        AddEntities(json, config, Entity, Model);
        if (config.AutoCapture is JsonObject capture)
        {
            json["auto_capture_config"] = capture.DeepClone();
        }

        JsonArray routes = [];
        foreach (var route in config.Routes)
        {
            // Both names come back (unnamed public capture) [tf].
            routes.Add((JsonNode)new JsonObject
            {
                ["served_model_name"] = route.EntityName,
                ["served_entity_name"] = route.EntityName,
                ["traffic_percentage"] = route.Percentage,
            });
        }

        json["traffic_config"] = new JsonObject { ["routes"] = routes };
        return json;
    }

    public static JsonObject Summary(EndpointConfig config)
    {
        var json = new JsonObject();
        AddEntities(json, config, Spec, ModelSpec);
        return json;
    }

    private static void AddEntities(
        JsonObject json, EndpointConfig config, Func<ServedEntity, JsonObject> write, Func<ServedEntity, JsonObject> writeModel)
    {
        json["served_entities"] = new JsonArray([.. config.Entities.Select(write)]);

        // Seen of registered models (unnamed public capture). Unconfirmed: what it holds, if anything, of the others.
        ServedEntity[] models = [.. config.Entities.Where(entity => entity.Kind is EntityKind.Custom or EntityKind.Provisioned)];
        if (models.Length > 0)
        {
            json["served_models"] = new JsonArray([.. models.Select(writeModel)]);
        }
    }

    private static JsonObject Entity(ServedEntity entity) => WithRest(Spec(entity), entity);

    private static JsonObject Model(ServedEntity entity) => WithRest(ModelSpec(entity), entity);

    private static JsonObject WithRest(JsonObject json, ServedEntity entity)
    {
        foreach ((var member, var value) in entity.Workload)
        {
            json[member] = value?.DeepClone();
        }

        json["creator"] = EndpointStore.User;
        json["creation_timestamp"] = entity.CreatedAt;
        json["state"] = new JsonObject { ["deployment"] = entity.Deployment, ["deployment_state_message"] = entity.Message };
        return json;
    }

    private static JsonObject Spec(ServedEntity entity)
    {
        var json = new JsonObject { ["name"] = entity.Name };
        Add(json, "entity_name", entity.EntityName);
        Add(json, "entity_version", entity.EntityVersion);
        Add(json, "external_model", entity.ExternalModel?.DeepClone());
        Add(json, "foundation_model", entity.FoundationModel?.DeepClone());
        return json;
    }

    private static JsonObject ModelSpec(ServedEntity entity)
    {
        var json = new JsonObject { ["name"] = entity.Name };
        Add(json, "model_name", entity.EntityName);
        Add(json, "model_version", entity.EntityVersion);
        return json;
    }

    private static void Add(JsonObject json, string member, JsonNode? value)
    {
        if (value is not null)
        {
            json[member] = value;
        }
    }
}
