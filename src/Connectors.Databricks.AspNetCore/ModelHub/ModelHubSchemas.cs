using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Connectors.Databricks.AspNetCore.ModelHub;

// The documents of LiteLLM's routes, in document order, as OpenAPI describes them. Members that are null are left out.

/// <summary>A model.</summary>
internal sealed record ModelHubModelSchema
{
    public required string ModelGroup { get; init; }

    public required IReadOnlyList<string> Providers { get; init; }

    public required string Mode { get; init; }

    public int? MaxInputTokens { get; init; }

    public int? MaxOutputTokens { get; init; }

    public decimal? InputCostPerToken { get; init; }

    public decimal? OutputCostPerToken { get; init; }

    public bool SupportsFunctionCalling { get; init; }

    public bool SupportsParallelFunctionCalling { get; init; }

    public bool SupportsVision { get; init; }

    public bool SupportsReasoning { get; init; }

    public bool IsPublicModelGroup { get; init; }

    public string? HealthStatus { get; init; }

    public DateTimeOffset? HealthCheckedAt { get; init; }

    public required string Source { get; init; }
}

/// <summary>The endpoints and model services.</summary>
internal sealed record ModelHubEndpointsSchema
{
    public required IReadOnlyList<ModelHubEndpointSchema> Endpoints { get; init; }

    public string? WorkspaceUrl { get; init; }
}

/// <summary>An endpoint or a model service.</summary>
internal sealed record ModelHubEndpointSchema
{
    public required string Name { get; init; }

    public string? Creator { get; init; }

    public long? CreationTimestamp { get; init; }

    public long? LastUpdatedTimestamp { get; init; }

    public required string State { get; init; }

    public string? Task { get; init; }

    public required ModelHubConfigSchema Config { get; init; }

    public string? EndpointUrl { get; init; }
}

/// <summary>What an endpoint serves: selected members of the service.</summary>
internal sealed record ModelHubConfigSchema
{
    public required IReadOnlyList<object> ServedModels { get; init; }

    public required IReadOnlyList<object> ServedEntities { get; init; }
}

/// <summary>The contracts of the documents, for OpenAPI.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ModelHubModelSchema>))]
[JsonSerializable(typeof(ModelHubEndpointsSchema))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ModelHubSchemasContext : JsonSerializerContext;
