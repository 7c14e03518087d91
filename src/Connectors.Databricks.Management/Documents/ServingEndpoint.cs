using System.Diagnostics;
using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// A serving endpoint. A list has the short form of it: state, task and which models, but no traffic, no deployment and no sizes;
/// <see cref="DatabricksManagementClient.GetAsync"/> has everything (serving reference §9.2).
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ServingEndpoint : EndpointDocument
{
    private readonly EquatableList<EndpointTag> _tags;

    /// <summary>The name, by which it is called.</summary>
    public string Name { get => field ?? string.Empty; init; }

    /// <summary>The id, by which permissions know it. An endpoint that is deleted and made again has another.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it answers, and whether it is changing; <see langword="null"/> when the service does not say.</summary>
    public EndpointState? State { get; init; }

    /// <summary>What it takes and gives; <see langword="null"/> for classic models and feature serving.</summary>
    public EndpointTask? Task { get; init; }

    /// <summary>Who made it; <see langword="null"/> for endpoints of Databricks.</summary>
    public string? Creator { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("creation_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    [JsonPropertyName("last_updated_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? LastUpdatedAt { get; init; }

    /// <summary>What its makers say of it.</summary>
    public string? Description { get; init; }

    /// <summary>What is being served; <see langword="null"/> before the first deployment is done.</summary>
    public EndpointConfig? Config { get; init; }

    /// <summary>What it is changing to; <see langword="null"/> while it is not.</summary>
    public EndpointConfig? PendingConfig { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<EndpointTag> Tags { get => _tags.Items; init => _tags = EquatableList<EndpointTag>.NonEmpty(value); }

    /// <summary>Limits, guardrails and tables of the AI Gateway; <see langword="null"/> when it has none.</summary>
    public AIGatewayConfig? AIGateway { get; init; }

    /// <summary>Who is told of updates.</summary>
    public EmailNotifications? EmailNotifications { get; init; }

    /// <summary>Which signals are written to Unity Catalog.</summary>
    public EndpointTelemetryConfig? TelemetryConfig { get; init; }

    /// <summary>What you may do with it.</summary>
    public EndpointPermissionLevel? PermissionLevel { get; init; }

    /// <summary>
    /// Whether it answers at an address of its own, which is <see cref="EndpointUrl"/>
    /// (see <see cref="DatabricksServingOptions.UseRouteOptimization"/>).
    /// </summary>
    public bool RouteOptimized { get; init; }

    /// <summary>Where a route-optimized endpoint answers.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Gets how a route-optimized endpoint is queried; <see langword="null"/> for other endpoints.</summary>
    public EndpointDataPlane? DataPlaneInfo { get; init; }

    /// <summary>The budget policy that it is billed to.</summary>
    public string? BudgetPolicyId { get; init; }

    /// <summary>The usage policy that it is billed to.</summary>
    public string? UsagePolicyId { get; init; }

    /// <summary>Whether it answers calls; an endpoint that has scaled to zero does, after a while.</summary>
    [JsonIgnore]
    public bool IsReady => State?.Ready == EndpointReadiness.Ready;

    /// <summary>Whether it is changing to another configuration.</summary>
    [JsonIgnore]
    public bool IsUpdating => State?.ConfigUpdate == ConfigUpdateState.InProgress;

    /// <summary>Name and state.</summary>
    /// <returns>For a log: <c>churn-v1 (READY, NOT_UPDATING)</c>.</returns>
    public override string ToString() => $"{Name} ({State})";
}
