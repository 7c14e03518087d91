namespace Connectors.Databricks.Emulator.Management;

/// <summary>The routes of the management API (§9.1).</summary>
internal enum ManagementOperation
{
    List,
    Create,
    CreateProvisioned,
    Get,
    UpdateConfig,
    UpdateProvisioned,
    Delete,
    Metrics,
    OpenApi,
    BuildLogs,
    ServerLogs,
    Tags,
    RateLimits,
    Gateway,
    Notifications,
    Telemetry,
    MetricsExport,
    Stop,
    Start,
    OptimizationInfo,
    FoundationModels,
    GetPermissions,
    SetPermissions,
    MergePermissions,
    PermissionLevels,
    ExternalFunction,
}

/// <summary>A management request: what to do, and with which endpoint, entity, model or id.</summary>
internal sealed record ManagementTarget(ManagementOperation Operation, string? Name = null, string? Entity = null, string? Id = null)
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The segments after <c>/api/2.0</c>.</param>
    public static ManagementTarget? Find(string method, string[] path) => (method, path) switch
    {
        ("GET", ["serving-endpoints"]) => new(ManagementOperation.List),
        ("POST", ["serving-endpoints"]) => new(ManagementOperation.Create),
        ("POST", ["serving-endpoints", "pt"]) => new(ManagementOperation.CreateProvisioned),
        ("PUT", ["serving-endpoints", "pt", string name, "config"]) => new(ManagementOperation.UpdateProvisioned, name),
        ("GET", ["serving-endpoints:foundation-models"]) => new(ManagementOperation.FoundationModels),
        ("GET", ["serving-endpoints", "get-model-optimization-info", string model, string version]) =>
            new(ManagementOperation.OptimizationInfo, Entity: model, Id: version),
        ("GET", ["serving-endpoints", string name]) when name.Length > 0 => new(ManagementOperation.Get, name),
        ("DELETE", ["serving-endpoints", string name]) when name.Length > 0 => new(ManagementOperation.Delete, name),
        ("PUT", ["serving-endpoints", string name, "config"]) => new(ManagementOperation.UpdateConfig, name),
        ("POST", ["serving-endpoints", string name, "config:stop"]) => new(ManagementOperation.Stop, name),
        ("POST", ["serving-endpoints", string name, "config:start"]) => new(ManagementOperation.Start, name),
        ("GET", ["serving-endpoints", string name, "metrics"]) => new(ManagementOperation.Metrics, name),
        ("GET", ["serving-endpoints", string name, "openapi"]) => new(ManagementOperation.OpenApi, name),
        ("GET", ["serving-endpoints", string name, "served-models", string entity, "build-logs"]) =>
            new(ManagementOperation.BuildLogs, name, entity),
        ("GET", ["serving-endpoints", string name, "served-models", string entity, "logs"]) =>
            new(ManagementOperation.ServerLogs, name, entity),
        ("PATCH", ["serving-endpoints", string name, "tags"]) => new(ManagementOperation.Tags, name),
        ("PUT", ["serving-endpoints", string name, "rate-limits"]) => new(ManagementOperation.RateLimits, name),
        ("PUT", ["serving-endpoints", string name, "ai-gateway"]) => new(ManagementOperation.Gateway, name),
        ("PATCH", ["serving-endpoints", string name, "notifications"]) => new(ManagementOperation.Notifications, name),
        ("PATCH", ["serving-endpoints", string name, "telemetry-config"]) => new(ManagementOperation.Telemetry, name),
        ("PATCH", ["serving-endpoints", string name, "system-metrics-export-state"]) => new(ManagementOperation.MetricsExport, name),
        ("GET", ["permissions", "serving-endpoints", string id]) => new(ManagementOperation.GetPermissions, Id: id),
        ("PUT", ["permissions", "serving-endpoints", string id]) => new(ManagementOperation.SetPermissions, Id: id),
        ("PATCH", ["permissions", "serving-endpoints", string id]) => new(ManagementOperation.MergePermissions, Id: id),
        ("GET", ["permissions", "serving-endpoints", string id, "permissionLevels"]) => new(ManagementOperation.PermissionLevels, Id: id),
        ("POST", ["external-function"]) => new(ManagementOperation.ExternalFunction),
        _ => null,
    };
}
