namespace Connectors.Databricks.Management;

/// <summary>Whether a registered model can be served with provisioned throughput, and in which steps.</summary>
public sealed record ModelOptimizationInfo : EndpointDocument
{
    /// <summary>Gets a value indicating whether the model supports provisioned throughput.</summary>
    public bool Optimizable { get; init; }

    /// <summary>Gets the model family, such as <c>llama</c>.</summary>
    public string? ModelType { get; init; }

    /// <summary>Gets the increment of provisioned throughput, in tokens per second: throughput must be a multiple of it.</summary>
    public int? ThroughputChunkSize { get; init; }
}
