namespace Connectors.Databricks;

/// <summary>What counts as healthy of a serving endpoint.</summary>
public sealed class DatabricksEndpointHealthOptions
{
    /// <summary>
    /// Whether the model is asked as well, for one token or one vector, so that the whole way is known to work; it is billed. Of a classic
    /// model only the state can be checked, for its columns are its own. An endpoint that is scaled to zero is not woken.
    /// </summary>
    /// <value>Default: <see langword="false"/>, its state alone.</value>
    public bool Ping { get; set; }

    /// <summary>
    /// Whether an endpoint that has scaled to zero is healthy: the next call wakes it, and waits for that. The state does not tell; it is
    /// read from the messages of its deployments (serving reference §9.6).
    /// </summary>
    /// <value>Default: <see langword="true"/>; otherwise it is degraded.</value>
    public bool ScaledToZeroIsHealthy { get; set; } = true;
}
