using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>
/// What the hub shows of a served entity, or of a destination of a model service. Environment variables and the credentials of providers
/// are not read.
/// </summary>
internal sealed record ServedEntity(string? Name, string? Model)
{
    public string? Provider { get; init; }

    public string? Version { get; init; }

    public string? WorkloadSize { get; init; }

    public string? WorkloadType { get; init; }

    public bool? ScalesToZero { get; init; }

    public double? TrafficPercent { get; init; }

    public string? Deployment { get; init; }

    public string? DeploymentMessage { get; init; }

    /// <summary>The served entities of a configuration of an endpoint.</summary>
    public static IReadOnlyList<ServedEntity> OfConfig(JsonElement config)
    {
        var traffic = Traffic(config.Member("traffic_config").Items("routes"), "served_entity_name", "served_model_name");
        var entities = config.Items("served_entities").ToList();
        return
        [
            // Older servers send the entities under the older name only.
            .. (entities.Count > 0 ? entities : config.Items("served_models")).Select(entity => OfEntity(entity, traffic)),
        ];
    }

    /// <summary>The destinations of a model service that have not been deleted.</summary>
    public static IReadOnlyList<ServedEntity> OfRouting(JsonElement routing) =>
    [
        .. routing.Items("destinations").Where(item => item.Member("is_deleted").ValueKind != JsonValueKind.True).Select(OfDestination),
    ];

    private static ServedEntity OfEntity(JsonElement entity, Dictionary<string, double> traffic)
    {
        var external = entity.Member("external_model");
        var state = entity.Member("state");
        var name = entity.Text("name");
        return new ServedEntity(
            name,
            external.Text("name") ?? entity.Member("foundation_model").Text("name") ?? entity.Text("entity_name")
                ?? entity.Text("model_name"))
        {
            Provider = external.Text("provider"),
            Version = entity.Text("entity_version") ?? entity.Text("model_version"),
            WorkloadSize = entity.Text("workload_size"),
            WorkloadType = entity.Text("workload_type"),
            ScalesToZero = entity.Member("scale_to_zero_enabled") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag
                ? flag.GetBoolean()
                : null,

            // Lists have no traffic, and an entity without a route in a document that has some receives none.
            TrafficPercent = traffic.Count == 0 ? null : traffic.GetValueOrDefault(name ?? string.Empty),
            Deployment = state.Text("deployment"),
            DeploymentMessage = state.Text("deployment_state_message"),
        };
    }

    private static ServedEntity OfDestination(JsonElement destination)
    {
        var external = destination.Member("external_model_config");
        var model = destination.Member("pay_per_token_config").Text("model")
            ?? destination.Member("provisioned_throughput_config").Text("model") ?? external.Member("target").Text("model");
        return new ServedEntity(destination.Text("name"), Without("models/", model))
        {
            Provider = Without("model-provider-services/", external.Text("model_provider_service")),
            TrafficPercent = destination.Number("traffic_percentage"),
        };
    }

    private static Dictionary<string, double> Traffic(IEnumerable<JsonElement> routes, string name, string olderName)
    {
        Dictionary<string, double> traffic = new(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            if ((route.Text(name) ?? route.Text(olderName)) is { } served && route.Number("traffic_percentage") is { } percentage)
            {
                traffic[served] = Math.Clamp(percentage, 0, 100);
            }
        }

        return traffic;
    }

    private static string? Without(string prefix, string? name) =>
        name?.StartsWith(prefix, StringComparison.Ordinal) is true ? name[prefix.Length..] : name;
}
