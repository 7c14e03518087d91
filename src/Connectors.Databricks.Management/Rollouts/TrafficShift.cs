using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management;

/// <summary>
/// A gradual rollout: the served entity that receives traffic, the steps, and the check of each step. See <see
/// cref="EndpointRolloutsClient.ShiftTrafficAsync"/>.
/// </summary>
public sealed class TrafficShift
{
    /// <summary>Initializes a new instance of the <see cref="TrafficShift"/> class.</summary>
    /// <param name="servedEntityName">
    /// The served entity that traffic shifts to; the percentages of the others are reduced in proportion.
    /// </param>
    public TrafficShift(string servedEntityName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servedEntityName);
        ServedEntityName = servedEntityName;
    }

    /// <summary>Gets the name of the served entity that traffic shifts to.</summary>
    public string ServedEntityName { get; }

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
    /// <value>Default: <see langword="null"/>: every step continues once the endpoint is ready.</value>
    public Func<TrafficShiftStep, CancellationToken, Task<bool>>? Check { get; init; }

    /// <summary>Gets the options of each update.</summary>
    /// <value>Default: the defaults of <see cref="EndpointUpdateOptions"/>.</value>
    public EndpointUpdateOptions Update { get; init; } = new();

    /// <summary>Gets the receiver of progress reports: each phase of each step.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IProgress<TrafficShiftStep>? Progress { get; init; }

    internal ShiftPlan<TrafficShiftStep> PlanValidated(string parameter)
    {
        ArgumentNullException.ThrowIfNull(Update);
        var plan = new ShiftPlan<TrafficShiftStep>(Steps, SoakTime, Check, Progress);
        Update.CopyValidated(parameter);
        plan.Validate(parameter);
        return plan;
    }
}
