using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Applies an update with a mask to a model service [go]. Every member that the mask names is replaced; an absent one is cleared.
/// </summary>
internal static class ModelServiceUpdate
{
    private static readonly string[] Legal =
    [
        "comment", "config", "config.routing.destinations", "config.routing.fallback.destinations", "config.rate_limits",
        "config.inference_table",
    ];

    /// <returns>The new state, and what it serves where that changed.</returns>
    /// <exception cref="ApiErrorException">The mask or the new configuration is rejected.</exception>
    public static (ModelServiceState State, EndpointConfig? Served) Apply(
        ModelServiceState state, IReadOnlyList<string> masks, JsonObject body, DestinationReader destinations)
    {
        if (masks.Count == 0)
        {
            throw ApiErrorException.Invalid("update_mask is required.");
        }

        if (masks.Any(mask => mask != "comment") && body.Object("config") is null)
        {
            throw ApiErrorException.Invalid("config is required.");
        }

        if (masks.FirstOrDefault(mask => !Legal.Contains(mask)) is string illegal)
        {
            throw ApiErrorException.Invalid($"update_mask '{illegal}' is not supported. Supported paths: {string.Join(", ", Legal)}.");
        }

        var config = (JsonObject)state.Config.DeepClone();
        var comment = state.Comment;
        foreach (var mask in masks)
        {
            switch (mask)
            {
                case "comment":
                    comment = body.Text("comment");
                    break;
                case "config":
                    config = (JsonObject)body.Object("config")!.DeepClone();
                    break;
                default:
                    Copy(mask.Split('.'), body, config);
                    break;
            }
        }

        ReadOnlyMembers.Remove(config);
        ModelServiceConfigRules.Check(config);
        ModelServiceConfigRules.CheckTable(state.Config, config);
        var (served, fallbacks) = destinations.Read(config);
        var changesRouting = masks.Any(mask => mask == "config" || mask.StartsWith("config.routing", StringComparison.Ordinal));
        return (state with { Config = config, Comment = comment, Fallbacks = fallbacks }, changesRouting ? served : null);
    }

    /// <summary>Copies <c>config.a.b</c> of the body to <c>a.b</c> of the configuration.</summary>
    private static void Copy(string[] path, JsonObject body, JsonObject config)
    {
        JsonNode? value = body;
        foreach (var name in path)
        {
            value = (value as JsonObject)?[name];
        }

        var parent = config;
        foreach (var name in path[1..^1])
        {
            parent[name] ??= new JsonObject();
            parent = (JsonObject)parent[name]!;
        }

        if (value is null)
        {
            parent.Remove(path[^1]);
        }
        else
        {
            parent[path[^1]] = value.DeepClone();
        }
    }
}
