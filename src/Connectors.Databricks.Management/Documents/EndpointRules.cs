namespace Connectors.Databricks.Management.Documents;

/// <summary>
/// Validates a definition before it is sent. Only definitions that no server accepts are rejected: supported sizes, types, providers and
/// counts are validated by the service.
/// </summary>
internal static class EndpointRules
{
    private const int LongestName = 63;

    public static void CheckName(string name, string parameter)
    {
        if (name.Length > LongestName)
        {
            throw new ArgumentException(
                $"The endpoint name '{name}' has {name.Length} characters. Take at most {LongestName}.", parameter);
        }

        RequireCharacters(name, "endpoint", parameter);
    }

    public static void Check(EndpointConfig config, string parameter)
    {
        if (config.ServedEntities.Count == 0)
        {
            throw new ArgumentException("The configuration serves nothing. Put a ServedEntity into ServedEntities.", parameter);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in config.ServedEntities)
        {
            Check(entity, parameter);
            if (entity.NameOrDefault is { } name && !names.Add(name))
            {
                throw new ArgumentException($"Two served entities are named '{name}'. Set a Name of its own for each.", parameter);
            }
        }

        if (config.Traffic is { } traffic)
        {
            TrafficRules.Check(traffic, parameter);
            CheckRoutes(traffic, names, config.ServedEntities.All(entity => entity.Name is not null), parameter);
        }
        else if (config.ServedEntities.Count > 1)
        {
            throw new ArgumentException(
                $"{config.ServedEntities.Count} served entities need traffic: set Traffic, such as " +
                $"TrafficConfig.Split((\"{names.FirstOrDefault()}\", 90), …).",
                parameter);
        }
    }

    private static void Check(ServedEntity entity, string parameter)
    {
        var named = $"Served entity '{entity.NameOrDefault}'";
        if (entity.Name is { } name)
        {
            RequireCharacters(name, "served entity", parameter);
        }

        if (entity is { EntityName: null, ExternalModel: null } && entity.AdditionalProperties.Count == 0)
        {
            throw new ArgumentException($"{named} serves nothing. Set EntityName and EntityVersion, or ExternalModel.", parameter);
        }

        if (entity is { EntityName: not null, ExternalModel: not null })
        {
            throw new ArgumentException($"{named} has both EntityName and ExternalModel. Leave one of them unset.", parameter);
        }

        if (entity.WorkloadSize is not null && (entity.MinProvisionedConcurrency ?? entity.MaxProvisionedConcurrency) is not null)
        {
            throw new ArgumentException(
                $"{named} has both WorkloadSize and a provisioned concurrency. Leave one of them unset.", parameter);
        }

        RequireOrder(named, "ProvisionedConcurrency", entity.MinProvisionedConcurrency, entity.MaxProvisionedConcurrency, parameter);
        RequireOrder(named, "ProvisionedThroughput", entity.MinProvisionedThroughput, entity.MaxProvisionedThroughput, parameter);

        // Settings of an authentication type that is newer than this library are in the additional properties.
        foreach (var config in entity.ExternalModel?.Configs ?? [])
        {
            if (config is { MissingSecret: { } secret, AdditionalProperties.Count: 0 })
            {
                throw new ArgumentException(
                    $"{named} has no {secret}. The service does not return plaintext secrets: set it again, or " +
                    "preferably use EndpointSecret.FromScope(scope, key), which is returned.",
                    parameter);
            }
        }
    }

    // The default name of an entity is assigned by the service.
    private static void CheckRoutes(TrafficConfig traffic, HashSet<string> names, bool areAllNamed, string parameter)
    {
        foreach (var route in traffic.Routes)
        {
            if (areAllNamed && !names.Contains(route.ServedEntityName))
            {
                throw new ArgumentException(
                    $"A traffic route leads to '{route.ServedEntityName}', and no served entity is named so. There are: " +
                    $"{string.Join(", ", names)}.",
                    parameter);
            }
        }
    }

    private static void RequireOrder(string named, string what, int? min, int? max, string parameter)
    {
        if (min < 0 || max < 0 || min > max)
        {
            throw new ArgumentException(
                $"{named} has Min{what} {min} and Max{what} {max}. The minimum must not exceed the maximum, nor be negative.", parameter);
        }
    }

    private static void RequireCharacters(string name, string what, string parameter)
    {
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            throw new ArgumentException($"The {what} name '{name}' may hold letters, digits, dashes and underscores alone.", parameter);
        }
    }
}
