namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Removes output-only members of model services, so that what was read can be sent, and keeps the parts of an update.</summary>
internal static class ModelServiceToWire
{
    /// <exception cref="ArgumentException">The configuration cannot be right.</exception>
    public static ModelServiceBody Sendable(ModelServiceDefinition definition, string parameter)
    {
        ModelServiceRules.Check(definition.Config, parameter);
        return new ModelServiceBody
        {
            Comment = definition.Comment,
            Owner = definition.Owner,
            Config = Sendable(definition.Config),
            AdditionalProperties = definition.AdditionalProperties,
        };
    }

    /// <summary>The parts of a service that a mask names.</summary>
    /// <exception cref="ArgumentException">The mask or a part is not valid.</exception>
    public static (ModelServiceBody Body, string Mask) Sendable(ModelService service, IEnumerable<string> updateMask, string parameter)
    {
        var fields = ModelServiceRules.CheckMask(updateMask, nameof(updateMask));
        var config = fields is [ModelServiceFields.Comment] ? null
            : fields.Contains(ModelServiceFields.Config) ? Whole(service, parameter)
            : Parts(service.Config ?? new(), fields, parameter);
        var comment = fields.Contains(ModelServiceFields.Comment) ? service.Comment : null;
        return (new ModelServiceBody { Comment = comment, Config = config }, string.Join(',', fields));
    }

    private static ModelServiceConfig Whole(ModelService service, string parameter)
    {
        ModelServiceRules.Check(service.Config, parameter);
        return Sendable(service.Config!);
    }

    private static ModelServiceConfig Parts(ModelServiceConfig config, IReadOnlyList<string> fields, string parameter)
    {
        var (sendsDestinations, sendsFallbacks) =
            (fields.Contains(ModelServiceFields.Destinations), fields.Contains(ModelServiceFields.Fallbacks));
        if (sendsDestinations)
        {
            ModelServiceRules.CheckDestinations(config.Routing?.Destinations, parameter);
        }

        if (sendsFallbacks)
        {
            ModelServiceRules.CheckNames(config.Routing?.Fallback?.Destinations ?? [], "fallback", parameter);
        }

        return new ModelServiceConfig
        {
            Routing = !sendsDestinations && !sendsFallbacks ? null : new ModelServiceRouting
            {
                Destinations = sendsDestinations ? Sendable(config.Routing?.Destinations) : null,
                Fallback = sendsFallbacks
                    ? new ModelServiceFallback { Destinations = Sendable(config.Routing?.Fallback?.Destinations) ?? [] }
                    : null,
            },
            RateLimits = fields.Contains(ModelServiceFields.RateLimits) ? config.RateLimits ?? [] : null,
            InferenceTable = fields.Contains(ModelServiceFields.InferenceTable) ? Sendable(config.InferenceTable) : null,
        };
    }

    private static ModelServiceConfig Sendable(ModelServiceConfig config) => config with
    {
        Routing = config.Routing is not { } routing ? null : routing with
        {
            Destinations = Sendable(routing.Destinations),
            Fallback = routing.Fallback is { } fallback ? fallback with { Destinations = Sendable(fallback.Destinations) } : null,
        },
        InferenceTable = Sendable(config.InferenceTable),
    };

    private static IReadOnlyList<ModelServiceDestination>? Sendable(IReadOnlyList<ModelServiceDestination>? destinations) =>
        destinations is null ? null : [.. destinations.Select(Sendable)];

    private static ModelServiceDestination Sendable(ModelServiceDestination destination) => destination with
    {
        IsDeleted = null,
        ProvisionedThroughputConfig = destination.ProvisionedThroughputConfig is { } throughput
            ? throughput with { Model = null }
            : null,
    };

    private static ModelServiceInferenceTable? Sendable(ModelServiceInferenceTable? table) =>
        table is null ? null : table with { Table = null, IsDeleted = null };
}
