using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Reads the destinations of a model service, which are to it what served entities are to an endpoint.</summary>
internal static class DestinationReading
{
    /// <summary>The destinations that have not been deleted.</summary>
    public static IReadOnlyList<DiscoveredEntity> Destinations(this JsonElement routing) =>
    [
        .. routing.TolerantItems("destinations")
            .Where(item => item.ValueKind == JsonValueKind.Object && item.TolerantFlag("is_deleted") is not true)
            .Select(Read),
    ];

    public static string? Without(string prefix, string? name) =>
        name?.StartsWith(prefix, StringComparison.Ordinal) == true ? name[prefix.Length..] : name;

    private static DiscoveredEntity Read(JsonElement destination)
    {
        var payPerToken = Config(destination, "pay_per_token_config");
        var throughput = Config(destination, "provisioned_throughput_config");
        var external = Config(destination, "external_model_config");
        var model = Without("models/", payPerToken?.TolerantText("model") ?? throughput?.TolerantText("model"));
        return new DiscoveredEntity
        {
            Name = destination.TolerantText("name"),
            EntityName = model,
            IsFoundation = payPerToken is not null || throughput is not null,
            FoundationName = model,
            IsPayPerToken = payPerToken is not null,
            HasThroughput = throughput is not null,
            EndpointName = Without("serving-endpoints/", throughput?.TolerantText("model_serving_endpoint")),
            IsExternal = external is not null,
            ExternalProvider = Without("model-provider-services/", external?.TolerantText("model_provider_service")),
            ExternalName = external is { } provider ? Config(provider, "target")?.TolerantText("model") : null,
        };
    }

    private static JsonElement? Config(JsonElement destination, string name) =>
        destination.Member(name) is { ValueKind: JsonValueKind.Object } config ? config : null;
}
