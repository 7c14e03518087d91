namespace Connectors.Databricks.Management;

/// <summary>The state of a rollout of a model service.</summary>
public sealed class ModelServiceTrafficShiftStep
{
    /// <summary>Gets the three-part name of the model service.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Gets the destination that receives the traffic.</summary>
    public required string DestinationName { get; init; }

    /// <summary>Gets the phase.</summary>
    public TrafficShiftPhase Phase { get; init; }

    /// <summary>Gets the number of the step, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Gets the number of steps.</summary>
    public int Count { get; init; }

    /// <summary>Gets the percentage of the destination in this step.</summary>
    public int Percentage { get; init; }

    /// <summary>Gets the model service as it was last read.</summary>
    public required ModelService Service { get; init; }

    /// <summary>Gets the model service before the rollout, for <see cref="ModelServiceRolloutsClient.RollBackAsync"/>.</summary>
    public required ModelService Before { get; init; }

    /// <summary>Returns the step in one line.</summary>
    /// <returns>Text for a log: <c>main.ai.chat: step 1 of 3, challenger 10 %, Soaking</c>.</returns>
    public override string ToString() => $"{ServiceName}: step {Number} of {Count}, {DestinationName} {Percentage} %, {Phase}";
}
