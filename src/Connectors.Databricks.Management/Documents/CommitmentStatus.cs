using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The status of a commitment to provisioned throughput.</summary>
[JsonConverter(typeof(OpenTextConverter<CommitmentStatus>))]
public readonly struct CommitmentStatus : IEquatable<CommitmentStatus>, IOpenText<CommitmentStatus>
{
    /// <summary>Initializes a new instance of the <see cref="CommitmentStatus"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public CommitmentStatus(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>The commitment is active.</summary>
    public static CommitmentStatus Active { get; } = new("ACTIVE");

    /// <summary>The term has ended.</summary>
    public static CommitmentStatus Expired { get; } = new("EXPIRED");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(CommitmentStatus left, CommitmentStatus right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(CommitmentStatus left, CommitmentStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(CommitmentStatus other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CommitmentStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static CommitmentStatus IOpenText<CommitmentStatus>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
