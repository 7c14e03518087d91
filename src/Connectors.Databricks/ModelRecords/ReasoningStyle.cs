using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.ModelRecords;

/// <summary>The wire format in which an endpoint accepts reasoning effort.</summary>
internal readonly struct ReasoningStyle : IEquatable<ReasoningStyle>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="ReasoningStyle"/> struct with a value, which may be one that the service supports in
    /// the future.
    /// </summary>
    /// <param name="value">The name of the style.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public ReasoningStyle(string value) => _value = OpenText.Require(value);

    /// <summary><c>reasoning_effort</c>: OpenAI's parameter, and the default for unknown models.</summary>
    public static ReasoningStyle Effort { get; } = new("effort");

    /// <summary><c>thinking {"type":"enabled","budget_tokens"}</c>: Claude up to 4.6.</summary>
    public static ReasoningStyle Budget { get; } = new("budget");

    /// <summary><c>thinking {"type":"adaptive"}</c> with <c>output_config.effort</c>: Claude from Opus 4.7 and generation 5 on.</summary>
    public static ReasoningStyle Adaptive { get; } = new("adaptive");

    /// <summary>Not configurable: the model always reasons, or never.</summary>
    public static ReasoningStyle None { get; } = new("none");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ReasoningStyle left, ReasoningStyle right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ReasoningStyle left, ReasoningStyle right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ReasoningStyle other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ReasoningStyle other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
