namespace Connectors.Databricks.Management;

/// <summary>Whether a registered model can be served with provisioned throughput, and in which steps.</summary>
public sealed record ModelOptimizationInfo : EndpointDocument
{
    /// <summary>Whether it can.</summary>
    public bool Optimizable { get; init; }

    /// <summary>The family, such as <c>llama</c>.</summary>
    public string? ModelType { get; init; }

    /// <summary>The step in tokens per second: throughput is given in multiples of it.</summary>
    public int? ThroughputChunkSize { get; init; }
}
