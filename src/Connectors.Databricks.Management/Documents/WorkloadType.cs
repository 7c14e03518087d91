using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The compute type of a served entity (<c>workload_type</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<WorkloadType>))]
public readonly struct WorkloadType : IEquatable<WorkloadType>, IOpenText<WorkloadType>
{
    /// <summary>Initializes a new instance of the <see cref="WorkloadType"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public WorkloadType(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>CPU; the default.</summary>
    public static WorkloadType Cpu { get; } = new("CPU");

    /// <summary>CPU with more memory.</summary>
    public static WorkloadType CpuMedium { get; } = new("CPU_MEDIUM");

    /// <summary>CPU with the most memory.</summary>
    public static WorkloadType CpuLarge { get; } = new("CPU_LARGE");

    /// <summary>One small GPU.</summary>
    public static WorkloadType GpuSmall { get; } = new("GPU_SMALL");

    /// <summary>One medium GPU.</summary>
    public static WorkloadType GpuMedium { get; } = new("GPU_MEDIUM");

    /// <summary>One large GPU.</summary>
    public static WorkloadType GpuLarge { get; } = new("GPU_LARGE");

    /// <summary>One very large GPU.</summary>
    public static WorkloadType GpuXLarge { get; } = new("GPU_XLARGE");

    /// <summary>Eight very large GPUs.</summary>
    public static WorkloadType GpuXLarge8 { get; } = new("GPU_XLARGE_8");

    /// <summary>Several medium GPUs.</summary>
    public static WorkloadType MultiGpuMedium { get; } = new("MULTIGPU_MEDIUM");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(WorkloadType left, WorkloadType right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(WorkloadType left, WorkloadType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WorkloadType other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WorkloadType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static WorkloadType IOpenText<WorkloadType>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
