using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The behavior of a guardrail when PII is detected (<c>behavior</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<PiiBehavior>))]
public readonly struct PiiBehavior : IEquatable<PiiBehavior>, IOpenText<PiiBehavior>
{
    /// <summary>Initializes a new instance of the <see cref="PiiBehavior"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public PiiBehavior(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>PII is allowed.</summary>
    public static PiiBehavior None { get; } = new("NONE");

    /// <summary>The request is blocked.</summary>
    public static PiiBehavior Block { get; } = new("BLOCK");

    /// <summary>PII is masked.</summary>
    public static PiiBehavior Mask { get; } = new("MASK");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(PiiBehavior left, PiiBehavior right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(PiiBehavior left, PiiBehavior right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PiiBehavior other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PiiBehavior other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static PiiBehavior IOpenText<PiiBehavior>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
