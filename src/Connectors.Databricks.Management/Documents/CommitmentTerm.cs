using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The term of a commitment to provisioned throughput (<c>pt_term</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<CommitmentTerm>))]
public readonly struct CommitmentTerm : IEquatable<CommitmentTerm>, IOpenText<CommitmentTerm>
{
    /// <summary>Initializes a new instance of the <see cref="CommitmentTerm"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public CommitmentTerm(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>One month.</summary>
    public static CommitmentTerm OneMonth { get; } = new("COMMITMENT_TERM_1_MONTH");

    /// <summary>Three months.</summary>
    public static CommitmentTerm ThreeMonths { get; } = new("COMMITMENT_TERM_3_MONTHS");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(CommitmentTerm left, CommitmentTerm right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(CommitmentTerm left, CommitmentTerm right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(CommitmentTerm other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CommitmentTerm other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static CommitmentTerm IOpenText<CommitmentTerm>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
