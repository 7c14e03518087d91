namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Converts the configuration of an endpoint to one that can be sent without losing a setting.</summary>
internal static class ConfigFromEndpoint
{
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="config">The configuration that was read.</param>
    /// <param name="given">Served entities of the caller, which replace those of the same name.</param>
    /// <exception cref="InvalidOperationException">The service does not return a setting, and the caller has not set it.</exception>
    public static EndpointConfig Take(string endpointName, EndpointConfig? config, IReadOnlyList<ServedEntity> given)
    {
        if (config is null || config.ServedEntities.Count == 0)
        {
            throw new InvalidOperationException(
                $"Endpoint '{endpointName}' serves nothing yet, so there is nothing to share out. Wait until its first deployment is " +
                $"done.");
        }

        var byName = new Dictionary<string, ServedEntity>(StringComparer.Ordinal);
        foreach (var entity in given)
        {
            byName[entity.NameOrDefault ?? string.Empty] = entity;
        }

        var entities = config.ServedEntities.Select(entity => entity with { Name = entity.NameOrDefault }).ToArray();
        if (byName.Keys.FirstOrDefault(name => entities.All(entity => entity.Name != name)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"Endpoint '{endpointName}' serves no '{unknown}' that an entity of EntityOverrides could replace. It serves: " +
                $"{string.Join(", ", entities.Select(entity => entity.Name))}.");
        }

        return config with { ServedEntities = [.. entities.Select(entity =>
            Known(endpointName, byName.GetValueOrDefault(entity.Name!) ?? entity))] };
    }

    private static ServedEntity Known(string endpointName, ServedEntity entity)
    {
        foreach (var config in entity.ExternalModel?.Configs ?? [])
        {
            if (config is { MissingSecret: { } secret, AdditionalProperties.Count: 0 })
            {
                throw new InvalidOperationException(
                    $"Endpoint '{endpointName}' cannot be updated with its current configuration: the {secret} of served entity " +
                    $"'{entity.Name}' was set as plain text, which the service never returns. Pass the whole entity in EntityOverrides, " +
                    "or move the secret into a secret scope.");
            }
        }

        if (entity.ProvisionedModelUnits is not null && entity.BurstScaling is null)
        {
            throw new InvalidOperationException(
                $"Endpoint '{endpointName}' cannot be updated with its current configuration: the service does not return whether burst " +
                $"scaling of served entity '{entity.Name}' is on. Pass the whole entity in EntityOverrides, with BurstScaling set.");
        }

        return entity with { Name = entity.NameOrDefault };
    }
}
