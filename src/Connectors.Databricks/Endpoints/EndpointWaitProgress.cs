namespace Connectors.Databricks.Endpoints;

/// <summary>What one look at an endpoint showed.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Endpoint">The endpoint as it stood; <see langword="null"/> when the look failed.</param>
/// <param name="Elapsed">How long the wait has taken.</param>
/// <param name="Looks">How often was looked.</param>
/// <param name="Failure">Why the look failed; the wait goes on.</param>
public sealed record EndpointWaitProgress(
    string EndpointName, ServingEndpoint? Endpoint, TimeSpan Elapsed, int Looks, DatabricksServingException? Failure)
{
    /// <summary>The served entities that are not ready, of the configuration that the endpoint is changing to.</summary>
    public IReadOnlyList<ServedEntity> NotReady =>
        [.. ((Endpoint?.PendingConfig ?? Endpoint?.Config)?.ServedEntities ?? [])
            .Where(entity => entity.State is { } state && state.Deployment != DeploymentState.Ready)];

    /// <summary>The look in a line.</summary>
    /// <returns>
    /// For a log: <c>00:01:10 churn-v1 NOT_READY, IN_PROGRESS; champion: DEPLOYMENT_CREATING, Creating resources</c>.
    /// </returns>
    public override string ToString()
    {
        var entities = NotReady.Select(entity => string.IsNullOrEmpty(entity.State?.Message)
            ? $"; {entity.Name}: {entity.State?.Deployment}"
            : $"; {entity.Name}: {entity.State.Deployment}, {entity.State.Message}");
        var what = Failure is null ? $"{Endpoint?.State}{string.Concat(entities)}" : Failure.Message;
        return $"{Elapsed:hh\\:mm\\:ss} {EndpointName} {what}";
    }
}
