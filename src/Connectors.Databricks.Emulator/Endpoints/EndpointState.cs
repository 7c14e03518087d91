using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The kind of a served entity. The service has no field for it: the members of the entity determine it.</summary>
internal enum EntityKind
{
    PayPerToken,
    Provisioned,
    External,
    Custom,
    Feature,
}

/// <summary>A served entity of an endpoint (§9.4). Its documents are immutable.</summary>
internal sealed record ServedEntity
{
    public required string Name { get; init; }

    public required EntityKind Kind { get; init; }

    public string? EntityName { get; init; }

    /// <summary>Text, not a number [go]; null for a feature spec.</summary>
    public string? EntityVersion { get; init; }

    /// <summary>The configuration of an external model without its secrets.</summary>
    public JsonObject? ExternalModel { get; init; }

    public JsonObject? FoundationModel { get; init; }

    /// <summary>Size, throughput, environment variables: members that are returned unchanged.</summary>
    public JsonObject Workload { get; init; } = [];

    /// <summary>The model; null when it cannot be deployed.</summary>
    public ServedModel? Model { get; init; }

    /// <summary>Why it cannot be deployed.</summary>
    public string? Flaw { get; init; }

    public long CreatedAt { get; init; }

    public string Deployment { get; init; } = Deployments.Ready;

    public string Message { get; init; } = "";

    public bool ScalesToZero => Workload["scale_to_zero_enabled"]?.GetValue<bool>() is true;

    /// <summary>Whether an update keeps the deployment of this entity.</summary>
    public bool IsSameAs(ServedEntity other) => Name == other.Name && EntityName == other.EntityName
        && EntityVersion == other.EntityVersion && JsonNode.DeepEquals(ExternalModel, other.ExternalModel)
        && JsonNode.DeepEquals(Workload, other.Workload);
}

/// <summary>The states of a served entity [go].</summary>
internal static class Deployments
{
    public const string Creating = "DEPLOYMENT_CREATING";
    public const string Ready = "DEPLOYMENT_READY";
    public const string Failed = "DEPLOYMENT_FAILED";
    public const string Aborted = "DEPLOYMENT_ABORTED";
}

/// <summary>The states of an update [go].</summary>
internal static class ConfigUpdates
{
    public const string None = "NOT_UPDATING";
    public const string InProgress = "IN_PROGRESS";
    public const string Failed = "UPDATE_FAILED";
    public const string Canceled = "UPDATE_CANCELED";
}

internal sealed record TrafficRoute(string EntityName, int Percentage);

/// <summary>A version of the configuration: served entities and traffic routes.</summary>
internal sealed record EndpointConfig(int Version, IReadOnlyList<ServedEntity> Entities, IReadOnlyList<TrafficRoute> Routes)
{
    /// <summary>The configuration of legacy inference tables, returned unchanged.</summary>
    public JsonObject? AutoCapture { get; init; }

    public long StartedAt { get; init; }

    public EndpointConfig With(Func<ServedEntity, ServedEntity> change) => this with { Entities = [.. Entities.Select(change)] };
}

/// <summary>The state of an endpoint (§9.6). <see cref="EndpointLifecycle"/> makes the transitions.</summary>
internal sealed record EndpointState
{
    /// <summary>The active configuration; null before the first deployment completes.</summary>
    public EndpointConfig? Active { get; init; }

    /// <summary>The configuration in deployment, or the last failed one.</summary>
    public EndpointConfig? Pending { get; init; }

    public string ConfigUpdate { get; init; } = ConfigUpdates.None;

    public bool IsStopped { get; init; }

    public bool IsRetired { get; init; }

    public long CreatedAt { get; init; }

    public long LastUpdatedAt { get; init; }

    public bool IsReady => Active is not null && !IsStopped;

    public bool IsUpdating => ConfigUpdate == ConfigUpdates.InProgress;

    /// <summary>The active configuration, or the pending one before the first deployment completes.</summary>
    public EndpointConfig? Shown => Active ?? Pending;
}

/// <summary>Settings other than the served entities. The documents are immutable.</summary>
internal sealed record EndpointSettings
{
    public string Description { get; init; } = "";

    public string? BudgetPolicyId { get; init; }

    public IReadOnlyDictionary<string, string?> Tags { get; init; } = new Dictionary<string, string?>();

    public JsonObject? Gateway { get; init; }

    public JsonArray? RateLimits { get; init; }

    public JsonObject? Notifications { get; init; }

    public JsonObject? Telemetry { get; init; }

    /// <summary><c>uc_system_metrics_export_state</c>.</summary>
    public string? MetricsExport { get; init; }

    public IReadOnlyList<AccessRule> Access { get; init; } = [];
}

/// <summary>The permission level of a principal; <see cref="Field"/> is the member that names the principal.</summary>
internal sealed record AccessRule(string Field, string Principal, string Level);
