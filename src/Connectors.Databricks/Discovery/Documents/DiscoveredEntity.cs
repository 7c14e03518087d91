using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>What discovery reads of a served entity, or of a destination of a model service.</summary>
internal sealed class DiscoveredEntity
{
    public DiscoveredEntity()
    {
    }

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
            ApiTypes = Documents.ApiTypes.Read(foundation, "api_types");
        }

        if (entity.Member("state") is { ValueKind: JsonValueKind.Object } state)
        {
            HasState = true;
            Deployment = state.TolerantWord("deployment");
            DeploymentMessage = state.TolerantText("deployment_state_message");
        }
    }

    public string? Name { get; init; }

    public string? EntityName { get; init; }

    public string? EntityVersion { get; }

    public string? WorkloadSize { get; }

    public string? WorkloadType { get; }

    public bool? ScaleToZero { get; }

    public bool HasThroughput { get; init; }

    public bool IsExternal { get; init; }

    public string? ExternalProvider { get; init; }

    public string? ExternalName { get; init; }

    public string? ExternalTask { get; }

    public bool IsFoundation { get; init; }

    public string? FoundationName { get; init; }

    public string? FoundationDisplayName { get; }

    /// <summary>The APIs of the foundation model, an undocumented member (serving reference §9.2).</summary>
    public IReadOnlyList<ServingApi> ApiTypes { get; } = [];

    /// <summary>Whether it is a destination of a model service that is billed by the token.</summary>
    public bool IsPayPerToken { get; init; }

    /// <summary>The serving endpoint that a destination of a model service routes to.</summary>
    public string? EndpointName { get; init; }

    public bool HasState { get; }

    public string? Deployment { get; }

    public string? DeploymentMessage { get; }
}
