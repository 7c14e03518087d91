namespace Connectors.Databricks.Endpoints.Listing;

/// <summary>Tells how an endpoint came to serve (serving reference §9.2): the service has no word for it.</summary>
internal static class KindOfEndpoint
{
    private const string OfDatabricks = "databricks-";
    private const string FoundationModels = "system.ai.";

    public static CatalogFact<EndpointKind> Of(ServingEndpoint endpoint)
    {
        // An endpoint that is deployed for the first time has only what it is to become.
        var entities = (endpoint.Config ?? endpoint.PendingConfig)?.ServedEntities ?? [];
        if (endpoint.Task?.Value?.StartsWith("agent/", StringComparison.Ordinal) is true)
        {
            return Said(EndpointKind.Agent);
        }

        return entities switch
        {
            [] when endpoint.Name.StartsWith(OfDatabricks, StringComparison.Ordinal) => Guessed(EndpointKind.PayPerToken),
            [] => default,
            _ when entities.Any(entity => entity.ExternalModel is not null) => Said(EndpointKind.External),
            _ when entities.Any(HasThroughput) => Said(EndpointKind.ProvisionedThroughput),
            _ when entities.All(IsFoundationModel) => OfFoundationModel(endpoint),
            _ when entities.All(IsFeature) => Guessed(EndpointKind.Feature),
            _ => Said(EndpointKind.Custom),
        };
    }

    public static bool IsFoundationModel(ServedEntity entity) =>
        entity.FoundationModel is not null || entity.EntityName?.StartsWith(FoundationModels, StringComparison.Ordinal) is true;

    // Lists leave throughput out, so that the name decides there: no name of yours begins with this.
    private static CatalogFact<EndpointKind> OfFoundationModel(ServingEndpoint endpoint) =>
        Guessed(endpoint.Name.StartsWith(OfDatabricks, StringComparison.Ordinal) ? EndpointKind.PayPerToken : EndpointKind.ProvisionedThroughput);

    private static bool HasThroughput(ServedEntity entity) =>
        entity.ProvisionedModelUnits > 0 || entity.MaxProvisionedThroughput > 0 || entity.MinProvisionedThroughput > 0;

    /// <summary>A feature spec has a name and no version [go].</summary>
    private static bool IsFeature(ServedEntity entity) =>
        !string.IsNullOrEmpty(entity.EntityName) && string.IsNullOrEmpty(entity.EntityVersion);

    private static CatalogFact<EndpointKind> Said(EndpointKind kind) => new(kind, CatalogFactSource.Service);

    private static CatalogFact<EndpointKind> Guessed(EndpointKind kind) => new(kind, CatalogFactSource.Inferred);
}
