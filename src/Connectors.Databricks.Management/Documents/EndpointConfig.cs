using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// The configuration of an endpoint: its served entities and traffic split. Returned as <see cref="ServingEndpoint.Config"/> and sent by
/// <see cref="DatabricksManagementClient.UpdateConfigAsync"/>, which replaces the previous configuration. To change a part, start from the
/// current one: <c>endpoint.Config with { … }</c>.
/// </summary>
public sealed record EndpointConfig : EndpointDocument
{
    private readonly EquatableList<ServedEntity> _servedEntities;

    /// <summary>Gets the served entities. The <c>served_models</c> of older endpoints are included.</summary>
    public IReadOnlyList<ServedEntity> ServedEntities
    {
        get => _servedEntities.Items;
        init => _servedEntities = EquatableList<ServedEntity>.NonEmpty(value);
    }

    /// <summary>Gets the traffic split; optional with a single served entity, which then receives all traffic. Lists omit it.</summary>
    [JsonPropertyName("traffic_config")]
    public TrafficConfig? Traffic { get; init; }

    /// <summary>Gets the configuration of legacy inference tables; newer ones are <see cref="AIGatewayConfig.InferenceTable"/>.</summary>
    public AutoCaptureConfig? AutoCaptureConfig { get; init; }

    /// <summary>Gets the version of the configuration, which increases with each update. Set by the service; never sent.</summary>
    public long? ConfigVersion { get; init; }

    /// <summary>
    /// Gets the start time of the update; only in <see cref="ServingEndpoint.PendingConfig"/>. Set by the service; never sent.
    /// </summary>
    [JsonPropertyName("start_time")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? StartedAt { get; init; }

    // Servers send the entities under both names, older ones under this name only (serving reference §9.3).
    [JsonInclude]
    internal IReadOnlyList<ServedEntity>? ServedModels
    {
        get => null;
        init => ServedEntities = ServedEntities is { Count: > 0 } newer ? newer : value!;
    }
}
