using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>
/// Reads a configuration (§9.3). It replaces the previous one: omitted members are removed [cli]. Unconfirmed: every
/// text.
/// </summary>
internal sealed class ConfigReader(DatabricksEmulatorOptions options, EntityReader entities)
{
    /// <param name="config">The document.</param>
    /// <param name="before">What it replaces; null at a creation.</param>
    /// <param name="version">Its number.</param>
    /// <param name="isProvisioned">Whether it came by <c>/pt</c>.</param>
    public EndpointConfig Read(JsonObject config, EndpointConfig? before, int version, bool isProvisioned = false)
    {
        if (config.IsGiven("served_entities") && config.IsGiven("served_models"))
        {
            throw ApiErrorException.Invalid("Only one of served_entities and served_models can be specified.");
        }

        var now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        List<ServedEntity> served =
        [
            .. config.Objects("served_entities").Select(entity => isProvisioned
                ? entities.ReadProvisioned(entity, now)
                : entities.Read(entity, isLegacy: false, now)),
            .. config.Objects("served_models").Select(model => entities.Read(model, isLegacy: true, now)),
        ];
        RefuseMixture(served, before);
        return new EndpointConfig(version, served, Routes(config.Object("traffic_config"), served))
        {
            AutoCapture = config.Object("auto_capture_config")?.DeepClone() as JsonObject,
        };
    }

    private void RefuseMixture(List<ServedEntity> served, EndpointConfig? before)
    {
        if (served.Count == 0)
        {
            throw ApiErrorException.Invalid("The configuration needs at least one served entity.");
        }

        // Ten by the documentation, fifteen by an account team [issue databricks-sdk-py#1496].
        if (served.Count > options.Limits.MaxServedEntities)
        {
            throw ApiErrorException.Invalid($"An endpoint can have at most {options.Limits.MaxServedEntities} served entities.");
        }

        if (served.GroupBy(entity => entity.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw ApiErrorException.Invalid($"Served entity name '{twice.Key}' is used more than once.");
        }

        // The three rules are documented, not their words [go].
        var isExternal = served[0].Kind == EntityKind.External;
        if (served.Exists(entity => entity.Kind == EntityKind.External != isExternal))
        {
            throw ApiErrorException.Invalid("External models cannot be served together with other entities.");
        }

        if (before is not null && before.Entities[0].Kind == EntityKind.External != isExternal)
        {
            throw ApiErrorException.Invalid(isExternal
                ? "An endpoint created without external_model cannot be updated to add it."
                : "An endpoint with external_model cannot be updated to one without it.");
        }

        if (isExternal && served.Exists(entity => entity.Model!.Task != served[0].Model!.Task))
        {
            throw ApiErrorException.Invalid("The task of all external models of an endpoint must be the same.");
        }
    }

    private static List<TrafficRoute> Routes(JsonObject? traffic, List<ServedEntity> served)
    {
        if (traffic is null || !traffic.IsGiven("routes"))
        {
            // One entity gets everything, and that is given back; several need routes [cli].
            return served.Count == 1
                ? [new TrafficRoute(served[0].Name, 100)]
                : throw ApiErrorException.Invalid("traffic_config is required when there is more than one served entity.");
        }

        List<TrafficRoute> routes = [.. traffic.Objects("routes").Select(Route)];
        if (routes.Find(route => served.TrueForAll(entity => entity.Name != route.EntityName)) is TrafficRoute stray)
        {
            throw ApiErrorException.Invalid($"traffic_config names '{stray.EntityName}', which is not a served entity.");
        }

        if (routes.GroupBy(route => route.EntityName).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw ApiErrorException.Invalid($"traffic_config has more than one route for '{twice.Key}'.");
        }

        var sum = routes.Sum(route => route.Percentage);
        return sum == 100
            ? routes
            : throw ApiErrorException.Invalid($"The traffic percentages must sum to 100; they sum to {sum}.");
    }

    private static TrafficRoute Route(JsonObject route)
    {
        var name = route.Text("served_entity_name");
        var model = route.Text("served_model_name");
        if ((name ?? model) is not string target || (model is not null && model != target))
        {
            throw ApiErrorException.Invalid("Each route needs one served_model_name or served_entity_name.");
        }

        // The SDK sends a number [go], the documentation's sample a text [okf:serve-multiple-models].
        var percentage = route.Number("traffic_percentage")
            ?? (int.TryParse(route.Text("traffic_percentage"), NumberStyles.None, CultureInfo.InvariantCulture, out var text)
                ? text
                : null);
        return percentage is >= 0 and <= 100 && double.IsInteger(percentage.Value)
            ? new TrafficRoute(target, (int)percentage.Value)
            : throw ApiErrorException.Invalid($"traffic_percentage of '{target}' must be an integer from 0 to 100.");
    }
}
