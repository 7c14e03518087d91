namespace Connectors.Databricks;

/// <summary>Whether a model is still there, and what replaces it.</summary>
public sealed record DatabricksModelLifecycle
{
    /// <summary>Where it stands.</summary>
    /// <value>Default: <see cref="DatabricksModelStage.Current"/>.</value>
    public DatabricksModelStage Stage { get; init; } = DatabricksModelStage.Current;

    /// <summary>The day it was or will be retired.</summary>
    /// <value>Default: <see langword="null"/>: none is known.</value>
    public DateOnly? RetirementDate { get; init; }

    /// <summary>The <see cref="DatabricksModelInfo.Name"/> of the model to use instead.</summary>
    /// <value>Default: <see langword="null"/>: none is known.</value>
    public string? Replacement { get; init; }
}
