using System.Diagnostics;
using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// A serving endpoint. Lists return a short form with state, task and models, but without traffic, deployment states and sizes; <see
/// cref="DatabricksManagementClient.GetAsync"/> returns the full document (serving reference §9.2).
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ServingEndpoint : EndpointDocument
{
    private readonly EquatableList<EndpointTag> _tags;

    /// <summary>Gets the name of the endpoint, which identifies it in queries.</summary>
    public string Name { get => field ?? string.Empty; init; }

    /// <summary>
    /// Gets the id of the endpoint, which identifies it in permissions. An endpoint that is deleted and created again has a new id.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Gets the state: readiness and configuration update; <see langword="null"/> when the service omits it.</summary>
    public EndpointState? State { get; init; }

    /// <summary>Gets the task; <see langword="null"/> for classic models and feature serving.</summary>
    public EndpointTask? Task { get; init; }

    /// <summary>Gets the creator; <see langword="null"/> for endpoints of Databricks.</summary>
    public string? Creator { get; init; }

    /// <summary>Gets the creation time.</summary>
    [JsonPropertyName("creation_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the time of the last update.</summary>
    [JsonPropertyName("last_updated_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? LastUpdatedAt { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the active configuration; <see langword="null"/> before the first deployment completes.</summary>
    public EndpointConfig? Config { get; init; }

    /// <summary>Gets the configuration in deployment; <see langword="null"/> when no update is in progress.</summary>
    public EndpointConfig? PendingConfig { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<EndpointTag> Tags { get => _tags.Items; init => _tags = EquatableList<EndpointTag>.NonEmpty(value); }

    /// <summary>Gets the AI Gateway configuration; <see langword="null"/> when there is none.</summary>
    public AIGatewayConfig? AIGateway { get; init; }

    /// <summary>Gets the email addresses that are notified of updates.</summary>
    public EmailNotifications? EmailNotifications { get; init; }

    /// <summary>Gets the telemetry configuration: the signals that are written to Unity Catalog.</summary>
    public EndpointTelemetryConfig? TelemetryConfig { get; init; }

    /// <summary>Gets whether system metrics are exported; <see langword="null"/> when the service omits it.</summary>
    [JsonPropertyName("uc_system_metrics_export_state")]
    public SystemMetricsExport? SystemMetricsExport { get; init; }

    /// <summary>Gets the permission level of the caller.</summary>
    public EndpointPermissionLevel? PermissionLevel { get; init; }

    /// <summary>
    /// Gets a value indicating whether the endpoint is route-optimized: it has its own URL, <see cref="EndpointUrl"/> (see
    /// <see cref="DatabricksServingOptions.UseRouteOptimization"/>).
    /// </summary>
    public bool RouteOptimized { get; init; }

    /// <summary>Gets the URL of a route-optimized endpoint.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Gets the data plane access of a route-optimized endpoint; <see langword="null"/> for other endpoints.</summary>
    public EndpointDataPlane? DataPlaneInfo { get; init; }

    /// <summary>Gets the id of the budget policy that the endpoint is billed to.</summary>
    public string? BudgetPolicyId { get; init; }

    /// <summary>Gets the id of the usage policy that the endpoint is billed to.</summary>
    public string? UsagePolicyId { get; init; }

    /// <summary>Gets a value indicating whether the endpoint accepts requests; true for one that has scaled to zero.</summary>
    [JsonIgnore]
    public bool IsReady => State?.Ready == EndpointReadiness.Ready;

    /// <summary>Gets a value indicating whether a configuration update is in progress.</summary>
    [JsonIgnore]
    public bool IsUpdating => State?.ConfigUpdate == ConfigUpdateState.InProgress;

    /// <summary>Returns name and state.</summary>
    /// <returns>Text for a log: <c>churn-v1 (READY, NOT_UPDATING)</c>.</returns>
    public override string ToString() => $"{Name} ({State})";

    internal override string? MissingMember => Name.Length == 0 ? "name" : null;
}
