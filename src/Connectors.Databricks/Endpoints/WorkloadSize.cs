using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>How many requests an entity is scaled for at once (<c>workload_size</c>). Workspaces may have sizes of their own.</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<WorkloadSize>))]
public readonly record struct WorkloadSize(string Value) : IOpenText<WorkloadSize>
{
    /// <summary>4 requests.</summary>
    public static WorkloadSize Small { get; } = new("Small");

    /// <summary>8 to 16 requests.</summary>
    public static WorkloadSize Medium { get; } = new("Medium");

    /// <summary>16 to 64 requests.</summary>
    public static WorkloadSize Large { get; } = new("Large");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static WorkloadSize IOpenText<WorkloadSize>.From(string value) => new(value);
}
