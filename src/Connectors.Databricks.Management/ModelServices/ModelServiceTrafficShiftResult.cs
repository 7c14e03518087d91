namespace Connectors.Databricks.Management;

/// <summary>The result of a rollout of a model service.</summary>
public sealed class ModelServiceTrafficShiftResult
{
    /// <summary>Gets a value indicating whether every step was taken; otherwise a check failed and the rollout was rolled back.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>Gets the last step that was taken, or the one whose check failed.</summary>
    public required ModelServiceTrafficShiftStep Step { get; init; }

    /// <summary>Gets the model service as it is now.</summary>
    public required ModelService Service { get; init; }

    /// <summary>Gets the model service before the rollout.</summary>
    public required ModelService Before { get; init; }
}
