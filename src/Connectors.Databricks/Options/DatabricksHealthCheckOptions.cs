namespace Connectors.Databricks;

/// <summary>Options of the health check of a serving endpoint.</summary>
public sealed class DatabricksHealthCheckOptions
{
    /// <summary>
    /// Gets or sets a value indicating whether the health check also sends an inference request for one token or one vector, which is
    /// billed. Classic models are checked by state only, because their columns are unknown. An endpoint that is scaled to zero is not
    /// started.
    /// </summary>
    /// <value>Default: <see langword="false"/>: only the state is checked.</value>
    public bool SendPing { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether an endpoint that is scaled to zero counts as healthy: the next request starts it and waits.
    /// It is detected by the deployment messages, because the state does not include it (serving reference §9.6).
    /// </summary>
    /// <value>Default: <see langword="true"/>. If <see langword="false"/>, the status is degraded.</value>
    public bool ScaledToZeroIsHealthy { get; set; } = true;
}
