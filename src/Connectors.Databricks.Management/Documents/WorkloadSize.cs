using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The provisioned concurrency of a served entity (<c>workload_size</c>). Workspaces may define other sizes.</summary>
[JsonConverter(typeof(OpenTextConverter<WorkloadSize>))]
public readonly struct WorkloadSize : IEquatable<WorkloadSize>, IOpenText<WorkloadSize>
{
    /// <summary>Initializes a new instance of the <see cref="WorkloadSize"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public WorkloadSize(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>4 concurrent requests.</summary>
    public static WorkloadSize Small { get; } = new("Small");

    /// <summary>8 to 16 concurrent requests.</summary>
    public static WorkloadSize Medium { get; } = new("Medium");

    /// <summary>16 to 64 concurrent requests.</summary>
    public static WorkloadSize Large { get; } = new("Large");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(WorkloadSize left, WorkloadSize right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(WorkloadSize left, WorkloadSize right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WorkloadSize other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WorkloadSize other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static WorkloadSize IOpenText<WorkloadSize>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
