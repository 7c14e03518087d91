using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Readiness;

/// <summary>Evaluates the state of an endpoint.</summary>
internal static class ReadinessEvaluator
{
    public static ReadinessResult Evaluate(DiscoveredEndpoint endpoint) => Evaluate(
        endpoint.Ready,
        endpoint.ConfigUpdate,

        // Without a pending configuration the failed entities are in the one that is served.
        ((endpoint.PendingConfig ?? endpoint.Config)?.Entities ?? []).Where(entity => entity.HasState).Select(entity => entity.Deployment));

    /// <param name="ready"><c>state.ready</c>.</param>
    /// <param name="configUpdate"><c>state.config_update</c>.</param>
    /// <param name="deployments"><c>state.deployment</c> of each served entity that has a state.</param>
    public static ReadinessResult Evaluate(string? ready, string? configUpdate, IEnumerable<string?> deployments)
    {
        if (configUpdate is EndpointWords.UpdateFailed or EndpointWords.UpdateCanceled)
        {
            return ReadinessResult.Failed;
        }

        if (configUpdate is not EndpointWords.NotUpdating)
        {
            return ReadinessResult.InProgress;
        }

        var isInProgress = false;
        foreach (var deployment in ready is EndpointWords.Ready ? [] : deployments)
        {
            if (deployment is EndpointWords.DeploymentFailed or EndpointWords.DeploymentAborted)
            {
                return ReadinessResult.Failed;
            }

            isInProgress |= deployment is not EndpointWords.DeploymentReady;
        }

        return ready is EndpointWords.Ready ? ReadinessResult.Ready
            : isInProgress ? ReadinessResult.InProgress
            : ReadinessResult.Idle;
    }
}
