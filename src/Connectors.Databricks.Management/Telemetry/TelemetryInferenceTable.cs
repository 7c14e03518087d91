namespace Connectors.Databricks.Management;

/// <summary>The inference table that requests and responses are logged to.</summary>
public sealed record TelemetryInferenceTable : EndpointDocument
{
    /// <summary>Gets the name of the table.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the fraction of requests that is logged, from 0 to 1.</summary>
    public double? SamplingFraction { get; init; }
}
