namespace Connectors.Databricks;

/// <summary>The wire format in which an endpoint accepts reasoning effort.</summary>
/// <param name="Value">The name of the style.</param>
public readonly record struct DatabricksReasoningStyle(string Value)
{
    /// <summary><c>reasoning_effort</c>: OpenAI's parameter, and the default for unknown models.</summary>
    public static DatabricksReasoningStyle Effort { get; } = new("effort");

    /// <summary><c>thinking {"type":"enabled","budget_tokens"}</c>: Claude up to 4.6.</summary>
    public static DatabricksReasoningStyle Budget { get; } = new("budget");

    /// <summary><c>thinking {"type":"adaptive"}</c> with <c>output_config.effort</c>: Claude from Opus 4.7 and generation 5 on.</summary>
    public static DatabricksReasoningStyle Adaptive { get; } = new("adaptive");

    /// <summary>Not configurable: the model always reasons, or never.</summary>
    public static DatabricksReasoningStyle None { get; } = new("none");

    /// <summary>Returns the name of the style.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
