namespace Connectors.Databricks;

/// <summary>The state of an endpoint, its update and its deployments in one value (serving reference §9.6, §9.7).</summary>
public enum ReadinessResult
{
    /// <summary>The endpoint is ready and serves the configuration of the last update.</summary>
    Ready,

    /// <summary>A deployment or an update is in progress.</summary>
    InProgress,

    /// <summary>The endpoint is not ready and nothing is in progress: it is stopped, or its deployment has not begun.</summary>
    Idle,

    /// <summary>The last update or the deployment failed; the endpoint does not recover without another update.</summary>
    Failed,
}
