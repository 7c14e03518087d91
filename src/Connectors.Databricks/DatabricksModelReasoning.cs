namespace Connectors.Databricks;

/// <summary>How a model is told how hard to think.</summary>
public sealed record DatabricksModelReasoning
{
    /// <summary>The fields that say it.</summary>
    /// <value>Default: <see cref="DatabricksReasoningStyle.Effort"/>.</value>
    public DatabricksReasoningStyle Style { get; init; } = DatabricksReasoningStyle.Effort;

    /// <summary>
    /// The words the model accepts, out of <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c> and
    /// <c>max</c>. A wish that is not among them becomes the next higher one, or else the highest.
    /// </summary>
    /// <value>Default: <c>low</c>, <c>medium</c>, <c>high</c>.</value>
    public IReadOnlyList<string> Efforts { get; init; } = ["low", "medium", "high"];

    /// <summary>Whether the effort is refused in a request that offers tools.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ToolsExcludeEffort { get; init; }

    /// <summary>Whether <c>temperature</c>, <c>top_p</c> and <c>top_k</c> are refused in a request that asks for thinking.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ExcludesSampling { get; init; }

    /// <summary>Whether the model can show what it thinks; <see langword="null"/> when nobody has said.</summary>
    public bool? IsShown { get; init; }
}
