namespace Connectors.Databricks.Endpoints;

/// <summary>Where a rollout stands.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="ServedEntityName">The served entity that gets the calls.</param>
/// <param name="Phase">What is being done.</param>
/// <param name="Number">The step, counted from 1.</param>
/// <param name="Count">How many steps there are.</param>
/// <param name="Percentage">The share of the served entity in this step.</param>
/// <param name="Endpoint">The endpoint as it was last read.</param>
/// <param name="Before">What it served before the rollout: what <see cref="DatabricksEndpointClient.RollBackAsync"/> takes.</param>
public sealed record TrafficShiftStep(
    string EndpointName,
    string ServedEntityName,
    TrafficShiftPhase Phase,
    int Number,
    int Count,
    int Percentage,
    ServingEndpoint Endpoint,
    EndpointConfig Before)
{
    /// <summary>The step in a line.</summary>
    /// <returns>For a log: <c>churn-v1: step 1 of 3, challenger 10 %, Soaking</c>.</returns>
    public override string ToString() => $"{EndpointName}: step {Number} of {Count}, {ServedEntityName} {Percentage} %, {Phase}";
}
