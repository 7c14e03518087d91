namespace Connectors.Databricks;

/// <summary>How an endpoint is told how hard to think.</summary>
/// <param name="Value">The style's name.</param>
public readonly record struct DatabricksReasoningStyle(string Value)
{
    /// <summary><c>reasoning_effort</c>: OpenAI's field, and the best guess for a model that is not known.</summary>
    public static DatabricksReasoningStyle Effort { get; } = new("effort");

    /// <summary><c>thinking {"type":"enabled","budget_tokens"}</c>: Claude up to 4.6.</summary>
    public static DatabricksReasoningStyle Budget { get; } = new("budget");

    /// <summary><c>thinking {"type":"adaptive"}</c> with <c>output_config.effort</c>: Claude from Opus 4.7 and generation 5 on.</summary>
    public static DatabricksReasoningStyle Adaptive { get; } = new("adaptive");

    /// <summary>There is no control: the model thinks always, or never.</summary>
    public static DatabricksReasoningStyle None { get; } = new("none");

    /// <summary>The style's name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
