using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Reads the destinations of a model service. A destination that is missing fails the request [go]. Unconfirmed: every text, and that it
/// also fails the creation.
/// </summary>
internal sealed class DestinationReader(EndpointStore workspace)
{
    private const int MaxDestinations = 10;
    private const int MaxFallbacks = 5;
    private const string ModelPrefix = "models/";
    private const string EndpointPrefix = "serving-endpoints/";

    /// <summary>The provider of every model provider service: the emulator has no API for these.</summary>
    private const string Provider = "openai";

    /// <summary>The configuration of a service with one pay-per-token model.</summary>
    public static JsonObject PayPerToken(string registered) => Single(new JsonObject
    {
        ["name"] = registered[(registered.LastIndexOf('.') + 1)..],
        ["destination_type"] = "DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL",
        ["traffic_percentage"] = 100,
        ["pay_per_token_config"] = new JsonObject { ["model"] = ModelPrefix + registered },
    });

    /// <summary>The configuration of a service that routes to an endpoint with provisioned throughput.</summary>
    public static JsonObject Provisioned(string endpoint, string model) => Single(new JsonObject
    {
        ["name"] = endpoint,
        ["destination_type"] = "DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL",
        ["traffic_percentage"] = 100,
        ["provisioned_throughput_config"] = new JsonObject
        {
            ["model_serving_endpoint"] = EndpointPrefix + endpoint,
            ["model"] = ModelPrefix + model,
        },
    });

    /// <exception cref="ApiErrorException">The configuration is rejected.</exception>
    public (EndpointConfig Config, IReadOnlyList<ServedEntity> Fallbacks) Read(JsonObject config)
    {
        var routing = config.Object("routing") ?? throw ApiErrorException.Invalid("config.routing is required.");
        JsonObject[] destinations = [.. routing.Objects("destinations")];
        JsonObject[] fallbacks = [.. routing.Object("fallback")?.Objects("destinations") ?? []];
        Refuse(destinations.Length is 0 or > MaxDestinations, $"A model service has 1 to {MaxDestinations} destinations.");
        Refuse(fallbacks.Length > MaxFallbacks, $"A model service has at most {MaxFallbacks} fallback destinations.");
        Refuse(
            destinations.Sum(destination => destination.Integer("traffic_percentage") ?? 0) != 100 && destinations.Length > 1,
            "The traffic percentages of the destinations must sum to 100.");
        ServedEntity[] entities = [.. destinations.Select(Entity)];
        Refuse(
            entities.Concat(fallbacks.Select(Entity)).GroupBy(entity => entity.Name).Any(group => group.Count() > 1),
            "The names of destinations must be unique.");
        TrafficRoute[] routes =
        [
            .. destinations.Select(destination => new TrafficRoute(
                destination.Text("name")!, destinations.Length == 1 ? 100 : destination.Integer("traffic_percentage") ?? 0)),
        ];
        return (new EndpointConfig(1, entities, routes), [.. fallbacks.Select(Entity)]);
    }

    /// <summary>The endpoint that a destination routes to; null for other destinations, and when it was deleted.</summary>
    public ServingEndpoint? EndpointOf(JsonObject destination) =>
        destination.Object("provisioned_throughput_config")?.Text("model_serving_endpoint") is string name
            && name.StartsWith(EndpointPrefix, StringComparison.Ordinal)
            ? workspace.Endpoints.GetValueOrDefault(name[EndpointPrefix.Length..])
            : null;

    /// <summary>Why a destination is unavailable; null if it is available.</summary>
    public string? Flaw(ServedEntity destination)
    {
        if (destination.Kind != EntityKind.Provisioned)
        {
            return destination.Model is null ? destination.Flaw : null;
        }

        var name = destination.Workload.Text("endpoint")!;
        return workspace.Endpoints.GetValueOrDefault(name) is not ServingEndpoint endpoint
            ? $"Destination '{destination.Name}' refers to serving endpoint '{name}', which does not exist."
            : endpoint.Life.State.IsReady ? null : $"Serving endpoint '{name}' of destination '{destination.Name}' is not ready.";
    }

    private ServedEntity Entity(JsonObject destination)
    {
        var name = destination.Text("name") is { Length: > 0 } given
            ? given
            : throw ApiErrorException.Invalid("A destination needs a name.");
        return destination.Text("destination_type") switch
        {
            "DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL" => PayPerToken(name, destination.Object("pay_per_token_config")),
            "DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL" =>
                Provisioned(name, destination.Object("provisioned_throughput_config")),
            "DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL" => External(name, destination.Object("external_model_config")),
            var other => throw ApiErrorException.Invalid($"Destination type '{other}' of '{name}' is not supported."),
        };
    }

    private static ServedEntity PayPerToken(string name, JsonObject? config)
    {
        var registered = After(ModelPrefix, config?.Text("model"), $"pay_per_token_config.model of '{name}'");
        return new ServedEntity
        {
            Name = name,
            Kind = EntityKind.PayPerToken,
            EntityName = registered,
            Model = ModelRegistry.OfDatabricks(registered)
                ?? throw new ApiErrorException(400, "BAD_REQUEST", $"Model '{registered}' of destination '{name}' does not exist."),
        };
    }

    private ServedEntity Provisioned(string name, JsonObject? config)
    {
        var endpointName = After(
            EndpointPrefix, config?.Text("model_serving_endpoint"), $"provisioned_throughput_config.model_serving_endpoint of '{name}'");
        var served = workspace.Endpoints.GetValueOrDefault(endpointName)?.Life.State.Shown?.Entities is [ServedEntity first, ..]
            ? first
            : throw new ApiErrorException(
                400, "BAD_REQUEST", $"Serving endpoint '{endpointName}' of destination '{name}' does not exist.");
        Refuse(served.Kind != EntityKind.Provisioned, $"Serving endpoint '{endpointName}' has no provisioned throughput.");
        return served with { Name = name, Workload = new JsonObject { ["endpoint"] = endpointName } };
    }

    private static ServedEntity External(string name, JsonObject? config)
    {
        Refuse(config?.Text("model_provider_service") is null, $"external_model_config.model_provider_service of '{name}' is required.");
        var target = config!.Object("target")?.Text("model")
            ?? throw ApiErrorException.Invalid($"external_model_config.target.model of '{name}' is required.");
        return new ServedEntity
        {
            Name = name,
            Kind = EntityKind.External,
            EntityName = target,
            Model = ExternalModels.For(Provider, target, "llm/v1/chat"),
        };
    }

    private static JsonObject Single(JsonObject destination) =>
        new() { ["routing"] = new JsonObject { ["destinations"] = new JsonArray(destination) } };

    private static string After(string prefix, string? value, string what) =>
        value?.StartsWith(prefix, StringComparison.Ordinal) is true
            ? value[prefix.Length..]
            : throw ApiErrorException.Invalid($"{what} must start with '{prefix}'.");

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw ApiErrorException.Invalid(message);
        }
    }
}
