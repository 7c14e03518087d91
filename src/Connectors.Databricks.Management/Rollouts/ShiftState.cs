namespace Connectors.Databricks.Management.Rollouts;

/// <summary>Where a rollout is.</summary>
/// <typeparam name="TState">The document of the endpoint or the model service.</typeparam>
/// <param name="Phase">The phase.</param>
/// <param name="Number">The number of the step, from 1.</param>
/// <param name="Count">The number of steps.</param>
/// <param name="Percentage">The percentage of the receiver in this step.</param>
/// <param name="Current">The document as it was last read.</param>
/// <param name="Before">The document before the rollout.</param>
internal sealed record ShiftState<TState>(
    TrafficShiftPhase Phase, int Number, int Count, int Percentage, TState Current, TState Before);
