namespace Connectors.Databricks.Management;

/// <summary>The state of a rollout.</summary>
public sealed class TrafficShiftStep
{
    /// <summary>Gets the name of the endpoint.</summary>
    public required string EndpointName { get; init; }

    /// <summary>Gets the served entity that receives the traffic.</summary>
    public required string ServedEntityName { get; init; }

    /// <summary>Gets the phase.</summary>
    public TrafficShiftPhase Phase { get; init; }

    /// <summary>Gets the number of the step, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Gets the number of steps.</summary>
    public int Count { get; init; }

    /// <summary>Gets the percentage of the served entity in this step.</summary>
    public int Percentage { get; init; }

    /// <summary>Gets the endpoint as last read.</summary>
    public required ServingEndpoint Endpoint { get; init; }

    /// <summary>Gets the configuration before the rollout, for <see cref="EndpointRolloutsClient.RollBackAsync"/>.</summary>
    public required EndpointConfig Before { get; init; }

    /// <summary>Returns the step in one line.</summary>
    /// <returns>Text for a log: <c>churn-v1: step 1 of 3, challenger 10 %, Soaking</c>.</returns>
    public override string ToString() => $"{EndpointName}: step {Number} of {Count}, {ServedEntityName} {Percentage} %, {Phase}";
}
