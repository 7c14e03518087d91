namespace Connectors.Databricks.Models;

/// <summary>How an endpoint wants to be told how hard to think (serving reference §3.7, measured 2026-08-05).</summary>
internal enum ReasoningStyle
{
    /// <summary><c>reasoning_effort</c>: OpenAI's field, and the best guess for an endpoint of unknown family.</summary>
    Effort,

    /// <summary><c>thinking {"type":"enabled","budget_tokens"}</c>: Claude up to 4.6.</summary>
    ThinkingBudget,

    /// <summary><c>thinking {"type":"adaptive"}</c> with <c>output_config.effort</c>: Claude from Opus 4.7 and generation 5 on.</summary>
    ThinkingAdaptive,

    /// <summary>No control exists; the options are ignored, as their contract allows.</summary>
    None,
}
