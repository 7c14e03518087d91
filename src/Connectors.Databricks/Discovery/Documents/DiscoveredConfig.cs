using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>What discovery reads in the configuration of an endpoint.</summary>
internal sealed class DiscoveredConfig
{
    // Lists leave the routes out.
    private Dictionary<string, int>? _traffic;

    private DiscoveredConfig(JsonElement config)
    {
        // Servers send the entities under both names, older ones under the second only (serving reference §9.3).
        Entities = ReadEntities(config, "served_entities") is { Count: > 0 } newer ? newer : ReadEntities(config, "served_models");
        if (config.Member("traffic_config") is { ValueKind: JsonValueKind.Object } traffic)
        {
            HasTraffic = true;
            foreach (var route in traffic.TolerantItems("routes"))
            {
                var served = route.TolerantText("served_entity_name") ?? route.TolerantText("served_model_name");
                if (served is not null && route.TolerantNumber("traffic_percentage") is { } percentage)
                {
                    SetTraffic(served, (int)Math.Clamp(percentage, 0, 100) + PercentageOf(served));
                }
            }
        }
    }

    /// <summary>The routing of a model service.</summary>
    private DiscoveredConfig(JsonElement routing, IReadOnlyList<DiscoveredEntity> destinations)
    {
        Entities = destinations;
        HasTraffic = destinations.Count > 0;
        foreach (var item in routing.TolerantItems("destinations"))
        {
            if (item.TolerantText("name") is { } name && item.TolerantNumber("traffic_percentage") is { } percentage)
            {
                SetTraffic(name, (int)Math.Clamp(percentage, 0, 100));
            }
        }

        if (destinations is [{ Name: { } only }])
        {
            // A single destination gets everything, whether it is written or not.
            SetTraffic(only, 100);
        }

        Fallbacks = routing.Member("fallback") is { } fallback ? fallback.Destinations() : [];
    }

    public IReadOnlyList<DiscoveredEntity> Entities { get; }

    /// <summary>The fallback destinations of a model service, in order.</summary>
    public IReadOnlyList<DiscoveredEntity> Fallbacks { get; } = [];

    /// <summary>Whether the document has routes at all: lists leave them out.</summary>
    public bool HasTraffic { get; }

    public static DiscoveredConfig? Read(JsonElement? config) =>
        config is { ValueKind: JsonValueKind.Object } given ? new DiscoveredConfig(given) : null;

    /// <summary>The routing of a model service; null when the document does not contain it, as in a short list.</summary>
    public static DiscoveredConfig? ReadRouting(JsonElement? config) =>
        config is { ValueKind: JsonValueKind.Object } given
            && given.Member("routing") is { ValueKind: JsonValueKind.Object } routing
            && routing.Member("destinations") is { ValueKind: JsonValueKind.Array }
            ? new DiscoveredConfig(routing, routing.Destinations())
            : null;

    /// <summary>The share of a served entity, from 0 to 100.</summary>
    public int PercentageOf(string servedEntityName) => _traffic?.GetValueOrDefault(servedEntityName) ?? 0;

    private void SetTraffic(string name, int percentage) => (_traffic ??= new(StringComparer.Ordinal))[name] = percentage;

    private static List<DiscoveredEntity> ReadEntities(JsonElement config, string name)
    {
        List<DiscoveredEntity> entities = [];
        foreach (var item in config.TolerantItems(name))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                entities.Add(new DiscoveredEntity(item));
            }
        }

        return entities;
    }
}
