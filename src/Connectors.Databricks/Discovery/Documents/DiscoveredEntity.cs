using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>What discovery reads of a served entity.</summary>
internal sealed class DiscoveredEntity
{
    public DiscoveredEntity(JsonElement entity)
    {
        Name = entity.TolerantText("name");
        EntityName = entity.TolerantText("entity_name") ?? entity.TolerantText("model_name");
        EntityVersion = entity.TolerantWord("entity_version") ?? entity.TolerantWord("model_version");
        WorkloadSize = entity.TolerantText("workload_size");
        WorkloadType = entity.TolerantText("workload_type");
        ScaleToZero = entity.TolerantFlag("scale_to_zero_enabled");
        HasThroughput = entity.TolerantNumber("provisioned_model_units") > 0 || entity.TolerantNumber("max_provisioned_throughput") > 0
            || entity.TolerantNumber("min_provisioned_throughput") > 0;
        if (entity.Member("external_model") is { ValueKind: JsonValueKind.Object } external)
        {
            IsExternal = true;
            ExternalProvider = external.TolerantText("provider");
            ExternalName = external.TolerantText("name");
            ExternalTask = external.TolerantText("task");
        }

        if (entity.Member("foundation_model") is { ValueKind: JsonValueKind.Object } foundation)
        {
            IsFoundation = true;
            FoundationName = foundation.TolerantText("name");
            FoundationDisplayName = foundation.TolerantText("display_name");
        }

        if (entity.Member("state") is { ValueKind: JsonValueKind.Object } state)
        {
            HasState = true;
            Deployment = state.TolerantWord("deployment");
            DeploymentMessage = state.TolerantText("deployment_state_message");
        }
    }

    public string? Name { get; }

    public string? EntityName { get; }

    public string? EntityVersion { get; }

    public string? WorkloadSize { get; }

    public string? WorkloadType { get; }

    public bool? ScaleToZero { get; }

    public bool HasThroughput { get; }

    public bool IsExternal { get; }

    public string? ExternalProvider { get; }

    public string? ExternalName { get; }

    public string? ExternalTask { get; }

    public bool IsFoundation { get; }

    public string? FoundationName { get; }

    public string? FoundationDisplayName { get; }

    public bool HasState { get; }

    public string? Deployment { get; }

    public string? DeploymentMessage { get; }
}
