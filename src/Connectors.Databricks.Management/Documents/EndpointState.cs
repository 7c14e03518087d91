using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>
/// The state of an endpoint: its readiness and its configuration update (serving reference §9.6). A stopped endpoint is not ready and not
/// updating.
/// </summary>
public sealed record EndpointState : EndpointDocument
{
    /// <summary>Gets the readiness of the endpoint: whether it accepts requests.</summary>
    public EndpointReadiness Ready { get; init; }

    /// <summary>Gets the state of the configuration update.</summary>
    public ConfigUpdateState ConfigUpdate { get; init; }

    /// <summary>Gets the provisioned throughput and its commitments; <see langword="null"/> when the service omits it.</summary>
    [JsonPropertyName("pt_state")]
    public ProvisionedThroughputState? ProvisionedThroughput { get; init; }

    /// <summary>Returns readiness and configuration update.</summary>
    /// <returns>Text for a log: <c>READY, NOT_UPDATING</c>.</returns>
    public override string ToString() => $"{Ready}, {ConfigUpdate}";
}
