namespace Connectors.Databricks.Management.Documents;

/// <summary>Removes output-only members of a configuration, so that what was read can be sent.</summary>
internal static class EndpointConfigToWire
{
    // An undocumented output-only member of served entities; other unknown members may be settings, which an update must not lose.
    private static readonly string[] Said = ["model_class", "entity_type"];

    public static EndpointConfig Sendable(EndpointConfig config, string parameter)
    {
        EndpointRules.Check(config, parameter);
        return config with
        {
            ServedEntities = [.. config.ServedEntities.Select(Sendable)],
            AutoCaptureConfig = config.AutoCaptureConfig is { } capture ? capture with { State = null } : null,
            ConfigVersion = null,
            StartedAt = null,
        };
    }

    public static EndpointDefinition Sendable(EndpointDefinition definition, string parameter)
    {
        EndpointRules.CheckName(definition.Name, parameter);
        return definition.Config is { } config ? definition with { Config = Sendable(config, parameter) } : definition;
    }

    private static ServedEntity Sendable(ServedEntity entity) => entity with
    {
        FoundationModel = null,
        State = null,
        Creator = null,
        CreatedAt = null,
        AdditionalProperties = entity.AdditionalProperties.Count == 0
            ? entity.AdditionalProperties
            : entity.AdditionalProperties.Where(member => !Said.Contains(member.Key)).ToDictionary(),
    };
}
