using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Determines the kind of an endpoint from its document (serving reference §9.2): the service has no field for it.</summary>
internal static class KindOfEndpoint
{
    private const string OfDatabricks = "databricks-";
    private const string FoundationModels = "system.ai.";

    public static ProfileValue<EndpointKind> Of(DiscoveredEndpoint endpoint)
    {
        if (endpoint.IsModelService)
        {
            return OfService(endpoint);
        }

        // An endpoint that is deployed for the first time has only what it is to become.
        var entities = endpoint.ServedOrPending;
        if (endpoint.Task?.StartsWith("agent/", StringComparison.Ordinal) is true)
        {
            return Said(EndpointKind.Agent);
        }

        return entities switch
        {
            [] when endpoint.Name.StartsWith(OfDatabricks, StringComparison.Ordinal) => Guessed(EndpointKind.PayPerToken),
            [] => default,
            _ when entities.Any(entity => entity.IsExternal) => Said(EndpointKind.External),
            _ when entities.Any(entity => entity.HasThroughput) => Said(EndpointKind.ProvisionedThroughput),
            _ when entities.All(IsFoundationModel) => OfFoundationModel(endpoint),
            _ when entities.All(IsFeature) => Guessed(EndpointKind.Feature),
            _ => Said(EndpointKind.Custom),
        };
    }

    /// <summary>Whether it is a model service of <c>system.ai</c>.</summary>
    public static bool IsOfDatabricks(DiscoveredEndpoint service) => service.Name.StartsWith(FoundationModels, StringComparison.Ordinal);

    public static bool IsFoundationModel(DiscoveredEntity entity) =>
        entity.IsFoundation || entity.EntityName?.StartsWith(FoundationModels, StringComparison.Ordinal) is true;

    // The kind of a destination of another type is unknown.
    private static ProfileValue<EndpointKind> OfService(DiscoveredEndpoint service) => service.ServedOrPending switch
    {
        [] when IsOfDatabricks(service) => Guessed(EndpointKind.PayPerToken),
        [] => default,
        var destinations when destinations.Any(destination => destination.IsExternal) => Said(EndpointKind.External),
        var destinations when destinations.Any(destination => destination.HasThroughput) => Said(EndpointKind.ProvisionedThroughput),
        var destinations when destinations.All(destination => destination.IsPayPerToken) => Said(EndpointKind.PayPerToken),
        _ => default,
    };

    // Lists leave throughput out, so that the name decides there: no name of yours begins with this.
    private static ProfileValue<EndpointKind> OfFoundationModel(DiscoveredEndpoint endpoint) =>
        Guessed(endpoint.Name.StartsWith(OfDatabricks, StringComparison.Ordinal) ? EndpointKind.PayPerToken
            : EndpointKind.ProvisionedThroughput);

    /// <summary>A feature spec has a name and no version [go].</summary>
    private static bool IsFeature(DiscoveredEntity entity) =>
        !string.IsNullOrEmpty(entity.EntityName) && string.IsNullOrEmpty(entity.EntityVersion);

    private static ProfileValue<EndpointKind> Said(EndpointKind kind) => new(kind, ProfileSource.Service);

    private static ProfileValue<EndpointKind> Guessed(EndpointKind kind) => new(kind, ProfileSource.Inferred);
}
