using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// What an endpoint serves, and how its calls are shared out: what <see cref="ServingEndpoint.Config"/> tells, and what
/// <see cref="DatabricksManagementClient.UpdateConfigAsync"/> takes. Sent, it replaces the one before; to change a part, start from what
/// the
/// endpoint has: <c>endpoint.Config with { … }</c>.
/// </summary>
public sealed record EndpointConfig : EndpointDocument
{
    private readonly EquatableList<ServedEntity> _servedEntities;

    /// <summary>Gets the served entities. The <c>served_models</c> of older endpoints are read into it as well.</summary>
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

    // Services repeat what they serve in both spellings, and old ones know only this one (serving reference §9.3).
    [JsonInclude]
    internal IReadOnlyList<ServedEntity>? ServedModels
    {
        get => null;
        init => ServedEntities = ServedEntities is { Count: > 0 } newer ? newer : value!;
    }
}
