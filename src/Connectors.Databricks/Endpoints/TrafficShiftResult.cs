namespace Connectors.Databricks.Endpoints;

/// <summary>How a rollout ended.</summary>
/// <param name="IsCompleted">Whether every step was taken; otherwise a check refused one, and everything was taken back.</param>
/// <param name="Step">The last step that was taken, or the one that was refused.</param>
/// <param name="Endpoint">The endpoint as it is now.</param>
/// <param name="Before">What it served before the rollout.</param>
public sealed record TrafficShiftResult(bool IsCompleted, TrafficShiftStep Step, ServingEndpoint Endpoint, EndpointConfig Before);
