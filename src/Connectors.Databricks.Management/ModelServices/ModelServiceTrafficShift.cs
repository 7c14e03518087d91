using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management;

/// <summary>
/// A gradual rollout of a destination of a model service. See <see cref="ModelServiceRolloutsClient.ShiftTrafficAsync"/>.
/// </summary>
public sealed class ModelServiceTrafficShift
{
    /// <summary>Initializes a new instance of the <see cref="ModelServiceTrafficShift"/> class.</summary>
    /// <param name="destinationName">
    /// The destination that traffic shifts to; the percentages of the others are reduced in proportion.
    /// </param>
    public ModelServiceTrafficShift(string destinationName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destinationName);
        DestinationName = destinationName;
    }

    /// <summary>Gets the name of the destination that traffic shifts to.</summary>
    public string DestinationName { get; }

    /// <summary>Gets the traffic percentages of the steps, each greater than the one before.</summary>
    /// <value>Default: 10, 50, 100.</value>
    public IReadOnlyList<int> Steps { get; init; } = [10, 50, 100];

    /// <summary>Gets the soak time: how long each step receives traffic before it is checked.</summary>
    /// <value>Default: none.</value>
    public TimeSpan SoakTime { get; init; }

    /// <summary>
    /// Gets the check that runs after each step, including the last: <see langword="true"/> continues; <see langword="false"/> or an
    /// exception rolls back the traffic.
    /// </summary>
    /// <value>Default: <see langword="null"/>: every step continues.</value>
    public Func<ModelServiceTrafficShiftStep, CancellationToken, Task<bool>>? Check { get; init; }

    /// <summary>
    /// Gets the <see cref="ModelService.Etag"/> that the service must have. If another client has changed it, the method throws before it
    /// sends an update.
    /// </summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? ExpectedEtag { get; init; }

    /// <summary>Gets the receiver of progress reports: each phase of each step.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IProgress<ModelServiceTrafficShiftStep>? Progress { get; init; }

    internal ShiftPlan<ModelServiceTrafficShiftStep> PlanValidated(string parameter)
    {
        var plan = new ShiftPlan<ModelServiceTrafficShiftStep>(Steps, SoakTime, Check, Progress);
        plan.Validate(parameter);
        return plan;
    }
}
