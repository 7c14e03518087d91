namespace Connectors.Databricks;

/// <summary>The lifecycle of a model on Databricks.</summary>
public sealed record DatabricksModelLifecycle
{
    /// <summary>Gets the lifecycle stage.</summary>
    /// <value>Default: <see cref="DatabricksModelStage.Current"/>.</value>
    public DatabricksModelStage Stage { get; init; } = DatabricksModelStage.Current;

    /// <summary>Gets the retirement date.</summary>
    /// <value>Default: <see langword="null"/>: none is known.</value>
    public DateOnly? RetirementDate { get; init; }

    /// <summary>Gets the <see cref="DatabricksModelInfo.Name"/> of the replacement model.</summary>
    /// <value>Default: <see langword="null"/>: none is known.</value>
    public string? Replacement { get; init; }
}
