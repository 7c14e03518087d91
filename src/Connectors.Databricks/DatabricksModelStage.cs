namespace Connectors.Databricks;

/// <summary>Where a model stands in its life at Databricks.</summary>
/// <param name="Value">The stage's name.</param>
public readonly record struct DatabricksModelStage(string Value)
{
    /// <summary>It is on offer.</summary>
    public static DatabricksModelStage Current { get; } = new("current");

    /// <summary>It is no longer recommended, and only workspaces that used it lately still have it.</summary>
    public static DatabricksModelStage Legacy { get; } = new("legacy");

    /// <summary>Its retirement is announced.</summary>
    public static DatabricksModelStage Deprecated { get; } = new("deprecated");

    /// <summary>It is gone.</summary>
    public static DatabricksModelStage Retired { get; } = new("retired");

    /// <summary>The stage's name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
