using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>Creates the served entities of endpoints that are not created over the API.</summary>
internal static class ServedEntityFactory
{
    public static EndpointConfig Alone(ServedEntity entity) => new(1, [entity], [new TrafficRoute(entity.Name, 100)]);

    public static ServedEntity PayPerToken(string endpoint, string entityName, string displayName, ServedModel model) => new()
    {
        // A pay-per-token chat model is served under the endpoint's own name (§9.2).
        Name = model.Chat?.Endpoint == endpoint ? endpoint : entityName.Split('.')[^1] + "-1",
        Kind = EntityKind.PayPerToken,
        EntityName = entityName,
        EntityVersion = "1",
        FoundationModel = FoundationModel(entityName, displayName, model),
        Model = model,
    };

    public static ServedEntity Custom(string entityName, ServedModel model, string version = "1", string? name = null) => new()
    {
        Name = name ?? $"{entityName.Split('.')[^1]}-{version}",
        Kind = EntityKind.Custom,
        EntityName = entityName,
        EntityVersion = version,
        Workload = new JsonObject { ["workload_size"] = "Small", ["workload_type"] = "CPU", ["scale_to_zero_enabled"] = true },
        Model = model,
    };

    // Entities of this kind show no foundation_model (unnamed public capture).
    public static ServedEntity Provisioned(string entityName, ServedModel model, int modelUnits) => new()
    {
        Name = entityName.Split('.')[^1] + "-1",
        Kind = EntityKind.Provisioned,
        EntityName = entityName,
        EntityVersion = "1",
        Workload = new JsonObject { ["provisioned_model_units"] = modelUnits },
        Model = model,
    };

    public static ServedEntity Feature(string entityName) => new()
    {
        Name = entityName.Split('.')[^1],
        Kind = EntityKind.Feature,
        EntityName = entityName,
        Workload = new JsonObject { ["workload_size"] = "Small", ["workload_type"] = "CPU", ["scale_to_zero_enabled"] = true },
        Model = new ServedModel { IsFeatureLookup = true },
    };

    /// <summary>Creates an external model whose API key is a reference to a secret.</summary>
    public static ServedEntity External(string provider, string model, string task)
    {
        (var member, var config) = provider switch
        {
            "openai" => ("openai_config", new JsonObject
            {
                ["openai_api_type"] = "azure",
                ["openai_api_base"] = "https://example.openai.azure.com/",
                ["openai_api_version"] = "2024-10-21",
                ["openai_deployment_name"] = model,
                ["openai_api_key"] = "{{secrets/llm/azure}}",
            }),
            "anthropic" => ("anthropic_config", new JsonObject { ["anthropic_api_key"] = "{{secrets/llm/anthropic}}" }),
            "amazon-bedrock" => ("amazon_bedrock_config", new JsonObject
            {
                ["aws_region"] = "us-east-1",
                ["bedrock_provider"] = "anthropic",
                ["instance_profile_arn"] = "arn:aws:iam::000000000000:instance-profile/example",
            }),
            "cohere" => ("cohere_config", new JsonObject { ["cohere_api_key"] = "{{secrets/llm/cohere}}" }),
            _ => throw new ArgumentException($"The emulator makes no external model of the provider '{provider}'; "
                + "use openai, anthropic, amazon-bedrock or cohere, or create the endpoint over the API.", nameof(provider)),
        };
        return new ServedEntity
        {
            Name = model.Replace('.', '-').Replace(':', '-'),
            Kind = EntityKind.External,
            ExternalModel = new JsonObject { ["name"] = model, ["provider"] = provider, ["task"] = task, [member] = config },
            Model = ExternalModels.For(provider, model, task),
        };
    }

    private static JsonObject FoundationModel(string entityName, string displayName, ServedModel model)
    {
        var isEmbedding = model.Embedding is not null;

        // Unconfirmed: the values; the members are [go] and, from api_types on, [goose].
        return new JsonObject
        {
            ["name"] = entityName,
            ["display_name"] = displayName,
            ["docs"] = "https://docs.databricks.com/machine-learning/foundation-models/index.html",
            ["description"] = $"An emulated {(isEmbedding ? "embedding model" : displayName)}.",
            ["api_types"] = new JsonArray([.. model.ApiTypes.Select(type => JsonValue.Create(type))]),
            ["ai_gateway_v2_supported"] = true,
        };
    }
}
