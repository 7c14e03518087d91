namespace Connectors.Databricks;

/// <summary>The handling of prompts that exceed the context window.</summary>
/// <param name="Value">The value of <c>error_behavior</c>.</param>
public readonly record struct DatabricksCompletionErrorBehavior(string Value)
{
    /// <summary>Truncates the prompt.</summary>
    public static DatabricksCompletionErrorBehavior Truncate { get; } = new("truncate");

    /// <summary>Returns an error.</summary>
    public static DatabricksCompletionErrorBehavior Error { get; } = new("error");

    /// <summary>Returns the value of <c>error_behavior</c>.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
