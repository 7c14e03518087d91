using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>An endpoint to create.</summary>
public sealed record EndpointDefinition : EndpointDocument
{
    private readonly EquatableList<EndpointTag> _tags;

    /// <summary>Creates a definition.</summary>
    /// <param name="name">The name: letters, digits, dashes and underscores, at most 63.</param>
    public EndpointDefinition(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name. It cannot be changed later.</summary>
    public string Name { get; }

    /// <summary>What it serves.</summary>
    public EndpointConfig? Config { get; init; }

    /// <summary>What you say of it.</summary>
    public string? Description { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<EndpointTag>? Tags { get => _tags.OrNull; init => _tags = new(value); }

    /// <summary>
    /// Whether it answers at an address of its own, to OAuth tokens alone
    /// (<see cref="DatabricksServingOptions.UseRouteOptimization"/>). It cannot be changed later.
    /// </summary>
    public bool? RouteOptimized { get; init; }

    /// <summary>Limits, guardrails and tables.</summary>
    public AIGatewayConfig? AIGateway { get; init; }

    /// <summary>Who is told of updates.</summary>
    public EmailNotifications? EmailNotifications { get; init; }

    /// <summary>Which signals are written to Unity Catalog.</summary>
    public EndpointTelemetryConfig? TelemetryConfig { get; init; }

    /// <summary>The budget policy that it is billed to.</summary>
    public string? BudgetPolicyId { get; init; }
}
