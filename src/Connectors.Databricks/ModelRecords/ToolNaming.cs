using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.ModelRecords;

/// <summary>The rule for the names of tools that an endpoint enforces.</summary>
internal readonly struct ToolNaming : IEquatable<ToolNaming>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="ToolNaming"/> struct with a value, which may be one that the service supports in the
    /// future.
    /// </summary>
    /// <param name="value">The name of the rule.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public ToolNaming(string value) => _value = OpenText.Require(value);

    /// <summary>Every name is sent unchanged.</summary>
    public static ToolNaming Any { get; } = new("any");

    /// <summary>At most 64 letters, digits, <c>_</c> and <c>-</c>: OpenAI, Amazon Bedrock, and models that Databricks hosts.</summary>
    public static ToolNaming OpenAI { get; } = new("openai");

    /// <summary>
    /// At most 64 letters, digits, <c>_</c>, <c>.</c>, <c>:</c> and <c>-</c>, of which the first is a letter or <c>_</c>: Google.
    /// </summary>
    public static ToolNaming Google { get; } = new("google");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ToolNaming left, ToolNaming right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ToolNaming left, ToolNaming right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ToolNaming other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ToolNaming other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
