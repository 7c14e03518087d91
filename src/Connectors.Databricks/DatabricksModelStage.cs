namespace Connectors.Databricks;

/// <summary>The lifecycle stage of a model on Databricks.</summary>
/// <param name="Value">The name of the stage.</param>
public readonly record struct DatabricksModelStage(string Value)
{
    /// <summary>The model is available.</summary>
    public static DatabricksModelStage Current { get; } = new("current");

    /// <summary>The model is not recommended, and is available only in workspaces that used it recently.</summary>
    public static DatabricksModelStage Legacy { get; } = new("legacy");

    /// <summary>The retirement of the model is announced.</summary>
    public static DatabricksModelStage Deprecated { get; } = new("deprecated");

    /// <summary>The model is no longer available.</summary>
    public static DatabricksModelStage Retired { get; } = new("retired");

    /// <summary>Returns the name of the stage.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
