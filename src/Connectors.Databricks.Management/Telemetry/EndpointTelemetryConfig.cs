using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>Which signals of an endpoint are written to Unity Catalog, and where. Endpoints of external models have none.</summary>
public sealed record EndpointTelemetryConfig : EndpointDocument
{
    private readonly EquatableList<TelemetryFeature> _enabledFeatures;

    /// <summary>The signals.</summary>
    /// <value>Default: the service writes all of them.</value>
    [JsonPropertyName("enabled_telemetry_features")]
    public IReadOnlyList<TelemetryFeature>? EnabledFeatures { get => _enabledFeatures.OrNull; init => _enabledFeatures = new(value); }

    /// <summary>The table of requests and answers.</summary>
    [JsonPropertyName("inference_table_config")]
    public TelemetryInferenceTable? InferenceTable { get; init; }

    /// <summary>The tables to write to, of which the service makes a profile. It tells the profile back, and not the tables.</summary>
    public TelemetryTableNames? TableNames { get; init; }

    /// <summary>A profile that is there already, in place of <see cref="TableNames"/>.</summary>
    public string? TelemetryProfileId { get; init; }
}
