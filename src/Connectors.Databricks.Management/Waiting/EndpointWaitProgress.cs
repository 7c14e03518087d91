namespace Connectors.Databricks.Management;

/// <summary>The result of one poll of an endpoint.</summary>
public sealed class EndpointWaitProgress
{
    /// <summary>Gets the name of the endpoint.</summary>
    public required string EndpointName { get; init; }

    /// <summary>Gets the endpoint; <see langword="null"/> if the poll failed.</summary>
    public ServingEndpoint? Endpoint { get; init; }

    /// <summary>Gets the time since the wait began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the number of polls.</summary>
    public int PollCount { get; init; }

    /// <summary>Gets the exception of a failed poll; the wait continues.</summary>
    public DatabricksServingException? Failure { get; init; }

    /// <summary>Gets the served entities of the pending configuration that are not ready.</summary>
    public IReadOnlyList<ServedEntity> NotReady =>
        [.. ((Endpoint?.PendingConfig ?? Endpoint?.Config)?.ServedEntities ?? [])
            .Where(entity => entity.State is { } state && state.Deployment != DeploymentState.Ready)];

    /// <summary>Returns the poll in one line.</summary>
    /// <returns>
    /// Text for a log: <c>00:01:10 churn-v1 NOT_READY, IN_PROGRESS; champion: DEPLOYMENT_CREATING, Creating resources</c>.
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
