using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The handling of prompts that exceed the context window.</summary>
public readonly struct DatabricksCompletionErrorBehavior : IEquatable<DatabricksCompletionErrorBehavior>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksCompletionErrorBehavior"/> struct with a value, which may be one that the
    /// service supports in the future.
    /// </summary>
    /// <param name="value">The value of <c>error_behavior</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public DatabricksCompletionErrorBehavior(string value) => _value = OpenText.Require(value);

    /// <summary>Truncates the prompt.</summary>
    public static DatabricksCompletionErrorBehavior Truncate { get; } = new("truncate");

    /// <summary>Returns an error.</summary>
    public static DatabricksCompletionErrorBehavior Error { get; } = new("error");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DatabricksCompletionErrorBehavior left, DatabricksCompletionErrorBehavior right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DatabricksCompletionErrorBehavior left, DatabricksCompletionErrorBehavior right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DatabricksCompletionErrorBehavior other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is DatabricksCompletionErrorBehavior other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
