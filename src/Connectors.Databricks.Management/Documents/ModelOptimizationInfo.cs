namespace Connectors.Databricks.Management;

/// <summary>Describes the support of a registered model for provisioned throughput.</summary>
public sealed record ModelOptimizationInfo : EndpointDocument
{
    /// <summary>Gets a value indicating whether the model supports provisioned throughput.</summary>
    public bool Optimizable { get; init; }

    /// <summary>Gets the model family, such as <c>llama</c>.</summary>
    public string? ModelType { get; init; }

    /// <summary>Gets the increment of provisioned throughput, in tokens per second: throughput must be a multiple of it.</summary>
    public int? ThroughputChunkSize { get; init; }
}
