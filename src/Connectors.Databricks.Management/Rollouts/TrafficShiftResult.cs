namespace Connectors.Databricks.Management;

/// <summary>The result of a rollout.</summary>
public sealed class TrafficShiftResult
{
    /// <summary>
    /// Gets a value indicating whether every step was completed; otherwise a check failed and the rollout was rolled back.
    /// </summary>
    public bool IsCompleted { get; init; }

    /// <summary>Gets the last completed step, or the one whose check failed.</summary>
    public required TrafficShiftStep Step { get; init; }

    /// <summary>Gets the current endpoint.</summary>
    public required ServingEndpoint Endpoint { get; init; }

    /// <summary>Gets the configuration before the rollout.</summary>
    public required EndpointConfig Before { get; init; }
}
