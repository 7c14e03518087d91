namespace Connectors.Databricks.Management;

/// <summary>The tables of Unity Catalog that telemetry is written to.</summary>
public sealed record TelemetryTableNames : EndpointDocument
{
    /// <summary>Gets the name of the table for logs.</summary>
    public string? LogsTable { get; init; }

    /// <summary>Gets the name of the table for traces.</summary>
    public string? TracesTable { get; init; }

    /// <summary>Gets the name of the table for metrics.</summary>
    public string? MetricsTable { get; init; }

    /// <summary>Gets the name of the table for annotations.</summary>
    public string? AnnotationsTable { get; init; }
}
