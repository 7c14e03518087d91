using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks;

/// <summary>The support of a model for reasoning effort.</summary>
public sealed record DatabricksModelReasoning
{
    private readonly ValueList<string> _efforts = new(["low", "medium", "high"]);

    /// <summary>Gets the wire format of the reasoning effort.</summary>
    /// <value>Default: <see cref="ReasoningStyle.Effort"/>.</value>
    internal ReasoningStyle Style { get; init; } = ReasoningStyle.Effort;

    /// <summary>
    /// Gets the effort values that the model supports, out of <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>,
    /// <c>xhigh</c> and
    /// <c>max</c>. A value that is not supported becomes the next higher one, or the highest.
    /// </summary>
    /// <value>Default: <c>low</c>, <c>medium</c>, <c>high</c>.</value>
    public IReadOnlyList<string> Efforts
    {
        get => _efforts;
        init => _efforts = new(value);
    }

    /// <summary>Gets a value indicating whether the effort cannot be combined with tools.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ToolsExcludeEffort { get; init; }

    /// <summary>
    /// Gets a value indicating whether <c>temperature</c>, <c>top_p</c> and <c>top_k</c> cannot be combined with thinking.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ExcludesSampling { get; init; }

    /// <summary>
    /// Gets a value indicating whether a forced tool call (<c>ChatToolMode.RequireAny</c> or <c>RequireSpecific</c>) cannot be combined
    /// with thinking. The forced call takes precedence.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ExcludesForcedTools { get; init; }

    /// <summary>
    /// Gets a value indicating whether the model can return its reasoning, or <see langword="null"/> when that is not documented.
    /// </summary>
    public bool? IsShown { get; init; }
}
