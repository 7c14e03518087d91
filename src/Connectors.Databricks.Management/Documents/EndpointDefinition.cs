using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The definition of an endpoint to create.</summary>
public sealed record EndpointDefinition : EndpointDocument
{
    private readonly EquatableList<EndpointTag> _tags;

    /// <summary>Initializes a new instance of the <see cref="EndpointDefinition"/> class.</summary>
    /// <param name="name">The name: letters, digits, dashes and underscores, at most 63.</param>
    public EndpointDefinition(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Gets the name of the endpoint. It cannot be changed later.</summary>
    public string Name { get; }

    /// <summary>Gets the configuration: the served entities and the traffic split.</summary>
    public EndpointConfig? Config { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<EndpointTag>? Tags { get => _tags.OrNull; init => _tags = new(value); }

    /// <summary>
    /// Gets a value indicating whether the endpoint is route-optimized: it has its own URL and accepts only OAuth tokens
    /// (<see cref="DatabricksServingOptions.UseRouteOptimization"/>). It cannot be changed later.
    /// </summary>
    public bool? RouteOptimized { get; init; }

    /// <summary>Gets the AI Gateway configuration: rate limits, guardrails, usage tracking and inference tables.</summary>
    public AIGatewayConfig? AIGateway { get; init; }

    /// <summary>Gets the email addresses that are notified of updates.</summary>
    public EmailNotifications? EmailNotifications { get; init; }

    /// <summary>Gets the telemetry configuration: the signals that are written to Unity Catalog.</summary>
    public EndpointTelemetryConfig? TelemetryConfig { get; init; }

    /// <summary>Gets whether system metrics are exported.</summary>
    /// <value>Default: <see langword="null"/>, the service decides.</value>
    [JsonPropertyName("uc_system_metrics_export_state")]
    public SystemMetricsExport? SystemMetricsExport { get; init; }

    /// <summary>
    /// Gets the commitments to move to the new endpoint; only for
    /// <see cref="DatabricksManagementClient.CreateProvisionedThroughputAsync"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonPropertyName("relocate_pt_commitment")]
    public CommitmentRelocation? Relocation { get; init; }

    /// <summary>Gets the id of the budget policy that the endpoint is billed to.</summary>
    public string? BudgetPolicyId { get; init; }
}
