namespace Connectors.Databricks.SemanticKernel.Hosting;

/// <summary>How a registered service reports to OpenTelemetry.</summary>
/// <param name="SourceName">The name of the source; null for the default.</param>
/// <param name="Configure">Configures the wrapper that reports; null for its defaults.</param>
internal readonly record struct Telemetry<T>(string? SourceName, Action<T>? Configure);
