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

    /// <summary>The models behind the endpoint. Older endpoints' <c>served_models</c> are read into it as well.</summary>
    public IReadOnlyList<ServedEntity> ServedEntities
    {
        get => _servedEntities.Items;
        init => _servedEntities = EquatableList<ServedEntity>.NonEmpty(value);
    }

    /// <summary>
    /// How calls are shared out; with a single served entity it may be left out, and then all go there. A list leaves it out.
    /// </summary>
    [JsonPropertyName("traffic_config")]
    public TrafficConfig? Traffic { get; init; }

    /// <summary>Inference tables of the older kind; newer ones are <see cref="AIGatewayConfig.InferenceTable"/>.</summary>
    public AutoCaptureConfig? AutoCaptureConfig { get; init; }

    /// <summary>The number of the configuration, which grows with each update. Never sent.</summary>
    public long? ConfigVersion { get; init; }

    /// <summary>When the change to it began, of <see cref="ServingEndpoint.PendingConfig"/> alone. Never sent.</summary>
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
