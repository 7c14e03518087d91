using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The telemetry configuration: which signals of an endpoint are written to Unity Catalog, and to which tables.</summary>
public sealed record EndpointTelemetryConfig : EndpointDocument
{
    private readonly EquatableList<TelemetryFeature> _enabledFeatures;

    /// <summary>Gets the signals that are written.</summary>
    /// <value>Default: <see langword="null"/>; the service writes all of them.</value>
    [JsonPropertyName("enabled_telemetry_features")]
    public IReadOnlyList<TelemetryFeature>? EnabledFeatures { get => _enabledFeatures.OrNull; init => _enabledFeatures = new(value); }

    /// <summary>Gets the inference table that requests and responses are logged to.</summary>
    [JsonPropertyName("inference_table_config")]
    public TelemetryInferenceTable? InferenceTable { get; init; }

    /// <summary>
    /// Gets the names of the tables, from which the service creates a telemetry profile. It returns the profile, not the tables.
    /// </summary>
    public TelemetryTableNames? TableNames { get; init; }

    /// <summary>Gets the id of an existing telemetry profile, instead of <see cref="TableNames"/>.</summary>
    public string? TelemetryProfileId { get; init; }
}
