using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>The kind of machine that serves an entity (<c>workload_type</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<WorkloadType>))]
public readonly record struct WorkloadType(string Value) : IOpenText<WorkloadType>
{
    /// <summary>Processors. The default.</summary>
    public static WorkloadType Cpu { get; } = new("CPU");

    /// <summary>Processors with more memory.</summary>
    public static WorkloadType CpuMedium { get; } = new("CPU_MEDIUM");

    /// <summary>Processors with the most memory.</summary>
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

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static WorkloadType IOpenText<WorkloadType>.From(string value) => new(value);
}
