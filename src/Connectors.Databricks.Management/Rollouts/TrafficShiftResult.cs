namespace Connectors.Databricks.Management;

/// <summary>The result of a rollout.</summary>
public sealed class TrafficShiftResult
{
    /// <summary>Gets a value indicating whether every step was taken; otherwise a check failed and the rollout was rolled back.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>Gets the last step that was taken, or the one whose check failed.</summary>
    public required TrafficShiftStep Step { get; init; }

    /// <summary>Gets the endpoint as it is now.</summary>
    public required ServingEndpoint Endpoint { get; init; }

    /// <summary>Gets the configuration before the rollout.</summary>
    public required EndpointConfig Before { get; init; }
}
