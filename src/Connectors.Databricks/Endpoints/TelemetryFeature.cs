using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>A signal of an endpoint that is written to Unity Catalog.</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<TelemetryFeature>))]
public readonly record struct TelemetryFeature(string Value) : IOpenText<TelemetryFeature>
{
    /// <summary>Logs.</summary>
    public static TelemetryFeature Logs { get; } = new("TELEMETRY_FEATURE_LOGS");

    /// <summary>Traces.</summary>
    public static TelemetryFeature Traces { get; } = new("TELEMETRY_FEATURE_TRACES");

    /// <summary>Metrics.</summary>
    public static TelemetryFeature Metrics { get; } = new("TELEMETRY_FEATURE_METRICS");

    /// <summary>Requests and answers.</summary>
    public static TelemetryFeature InferenceTable { get; } = new("TELEMETRY_FEATURE_INFERENCE_TABLE");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static TelemetryFeature IOpenText<TelemetryFeature>.From(string value) => new(value);
}
