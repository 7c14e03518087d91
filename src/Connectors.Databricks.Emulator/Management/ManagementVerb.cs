namespace Connectors.Databricks.Emulator.Management;

/// <summary>The routes of the management API (§9.1).</summary>
internal enum ManagementVerb
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
internal sealed record ManagementTarget(ManagementVerb Verb, string? Name = null, string? Entity = null, string? Id = null)
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The segments after <c>/api/2.0</c>.</param>
    public static ManagementTarget? Find(string method, string[] path) => (method, path) switch
    {
        ("GET", ["serving-endpoints"]) => new(ManagementVerb.List),
        ("POST", ["serving-endpoints"]) => new(ManagementVerb.Create),
        ("POST", ["serving-endpoints", "pt"]) => new(ManagementVerb.CreateProvisioned),
        ("PUT", ["serving-endpoints", "pt", string name, "config"]) => new(ManagementVerb.UpdateProvisioned, name),
        ("GET", ["serving-endpoints:foundation-models"]) => new(ManagementVerb.FoundationModels),
        ("GET", ["serving-endpoints", "get-model-optimization-info", string model, string version]) =>
            new(ManagementVerb.OptimizationInfo, Entity: model, Id: version),
        ("GET", ["serving-endpoints", string name]) when name.Length > 0 => new(ManagementVerb.Get, name),
        ("DELETE", ["serving-endpoints", string name]) when name.Length > 0 => new(ManagementVerb.Delete, name),
        ("PUT", ["serving-endpoints", string name, "config"]) => new(ManagementVerb.UpdateConfig, name),
        ("POST", ["serving-endpoints", string name, "config:stop"]) => new(ManagementVerb.Stop, name),
        ("POST", ["serving-endpoints", string name, "config:start"]) => new(ManagementVerb.Start, name),
        ("GET", ["serving-endpoints", string name, "metrics"]) => new(ManagementVerb.Metrics, name),
        ("GET", ["serving-endpoints", string name, "openapi"]) => new(ManagementVerb.OpenApi, name),
        ("GET", ["serving-endpoints", string name, "served-models", string entity, "build-logs"]) =>
            new(ManagementVerb.BuildLogs, name, entity),
        ("GET", ["serving-endpoints", string name, "served-models", string entity, "logs"]) =>
            new(ManagementVerb.ServerLogs, name, entity),
        ("PATCH", ["serving-endpoints", string name, "tags"]) => new(ManagementVerb.Tags, name),
        ("PUT", ["serving-endpoints", string name, "rate-limits"]) => new(ManagementVerb.RateLimits, name),
        ("PUT", ["serving-endpoints", string name, "ai-gateway"]) => new(ManagementVerb.Gateway, name),
        ("PATCH", ["serving-endpoints", string name, "notifications"]) => new(ManagementVerb.Notifications, name),
        ("PATCH", ["serving-endpoints", string name, "telemetry-config"]) => new(ManagementVerb.Telemetry, name),
        ("GET", ["permissions", "serving-endpoints", string id]) => new(ManagementVerb.GetPermissions, Id: id),
        ("PUT", ["permissions", "serving-endpoints", string id]) => new(ManagementVerb.SetPermissions, Id: id),
        ("PATCH", ["permissions", "serving-endpoints", string id]) => new(ManagementVerb.MergePermissions, Id: id),
        ("GET", ["permissions", "serving-endpoints", string id, "permissionLevels"]) => new(ManagementVerb.PermissionLevels, Id: id),
        ("POST", ["external-function"]) => new(ManagementVerb.ExternalFunction),
        _ => null,
    };
}
