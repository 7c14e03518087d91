namespace Connectors.Databricks.Management;

/// <summary>The table that requests and answers are written to.</summary>
public sealed record TelemetryInferenceTable : EndpointDocument
{
    /// <summary>The name of the table.</summary>
    public string? Name { get; init; }

    /// <summary>How much of the traffic is written, from 0 to 1.</summary>
    public double? SamplingFraction { get; init; }
}
