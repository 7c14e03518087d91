namespace Connectors.Databricks.Endpoints;

/// <summary>A metric: what it means, and its samples.</summary>
/// <param name="Name">The name that samples have, or start with.</param>
/// <param name="Type">What the samples mean.</param>
/// <param name="Samples">The samples, in the order of the text.</param>
public sealed record MetricFamily(string Name, MetricType Type, IReadOnlyList<MetricSample> Samples)
{
    /// <summary>What the service says of it; <see langword="null"/> when it says nothing.</summary>
    public string? Help { get; init; }

    /// <summary>What it is measured in; <see langword="null"/> when the service does not say.</summary>
    public string? Unit { get; init; }
}
