namespace Connectors.Databricks.Emulator.Models;

/// <summary>How a request steers the reasoning of a model.</summary>
internal enum ThinkingStyle
{
    /// <summary>There is none, or none that can be seen.</summary>
    None,

    /// <summary>Reasoning is always on.</summary>
    Always,

    /// <summary><c>reasoning_effort</c>, and the reasoning stays hidden.</summary>
    HiddenEffort,

    /// <summary><c>reasoning_effort</c>, and sending it makes the reasoning visible.</summary>
    VisibleEffort,

    /// <summary><c>thinking: {"type":"enabled","budget_tokens":n}</c></summary>
    Budget,

    /// <summary><c>thinking: {"type":"adaptive"}</c> with <c>output_config.effort</c>.</summary>
    Adaptive,
}
