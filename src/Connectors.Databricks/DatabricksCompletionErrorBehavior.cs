namespace Connectors.Databricks;

/// <summary>What an endpoint does with a prompt that is longer than its model takes.</summary>
/// <param name="Value">The word on the wire.</param>
public readonly record struct DatabricksCompletionErrorBehavior(string Value)
{
    /// <summary>It cuts the prompt.</summary>
    public static DatabricksCompletionErrorBehavior Truncate { get; } = new("truncate");

    /// <summary>It refuses the call.</summary>
    public static DatabricksCompletionErrorBehavior Error { get; } = new("error");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
