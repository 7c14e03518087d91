using Connectors.Databricks.Discovery.Readiness;

namespace Connectors.Databricks.Management.Waiting;

/// <summary>Evaluates the state of the document of an endpoint, as discovery does.</summary>
internal static class EndpointReadinessReader
{
    public static ReadinessResult Evaluate(ServingEndpoint endpoint) => ReadinessEvaluator.Evaluate(
        endpoint.State?.Ready.Value, endpoint.State?.ConfigUpdate.Value,
            Deploying(endpoint).Select(entity => entity.State!.Deployment.Value));

    /// <summary>
    /// Gets the served entities with a state: those of the pending configuration, or of the active one if none is pending.
    /// </summary>
    public static IEnumerable<ServedEntity> Deploying(ServingEndpoint endpoint) =>
        ((endpoint.PendingConfig ?? endpoint.Config)?.ServedEntities ?? []).Where(entity => entity.State is not null);
}
