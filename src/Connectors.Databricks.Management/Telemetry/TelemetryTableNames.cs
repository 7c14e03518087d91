namespace Connectors.Databricks.Management;

/// <summary>The tables of Unity Catalog that telemetry is written to.</summary>
public sealed record TelemetryTableNames : EndpointDocument
{
    /// <summary>For logs.</summary>
    public string? LogsTable { get; init; }

    /// <summary>For traces.</summary>
    public string? TracesTable { get; init; }

    /// <summary>For metrics.</summary>
    public string? MetricsTable { get; init; }

    /// <summary>For annotations.</summary>
    public string? AnnotationsTable { get; init; }
}
