using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

// The documents of the routes, in the order of the routes, as OpenAPI describes them.

/// <summary>The list of endpoints.</summary>
internal sealed record ServingEndpointsSchema
{
    public IReadOnlyList<ServingEndpointSummarySchema> Endpoints { get; init; } = [];
}

/// <summary>An endpoint in the list.</summary>
internal record ServingEndpointSummarySchema
{
    public string Name { get; init; } = string.Empty;

    [Description("ready, inProgress, idle or failed.")]
    public string State { get; init; } = string.Empty;

    public bool IsReady { get; init; }

    public bool IsUpdating { get; init; }

    public string Kind { get; init; } = string.Empty;

    public string Mode { get; init; } = string.Empty;

    public string? Task { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>One endpoint.</summary>
internal sealed record ServingEndpointSchema : ServingEndpointSummarySchema
{
    public string? Description { get; init; }

    public IReadOnlyList<ServingTagSchema>? Tags { get; init; }

    public IReadOnlyList<ServedEntitySchema>? ServedEntities { get; init; }

    public ServingSignatureSchema? Signature { get; init; }
}

/// <summary>A tag.</summary>
internal sealed record ServingTagSchema
{
    public string Key { get; init; } = string.Empty;

    public string? Value { get; init; }
}

/// <summary>A model that an endpoint serves.</summary>
internal sealed record ServedEntitySchema
{
    public string? Name { get; init; }

    public string? Model { get; init; }

    public string? Version { get; init; }

    public string? WorkloadSize { get; init; }

    public bool? ScaleToZero { get; init; }

    public int? TrafficPercentage { get; init; }

    public string? Deployment { get; init; }

    public string? DeploymentMessage { get; init; }
}

/// <summary>The inputs and outputs of a model.</summary>
internal sealed record ServingSignatureSchema
{
    public IReadOnlyList<string> InputFormats { get; init; } = [];

    public IReadOnlyList<ServingColumnSchema> Inputs { get; init; } = [];

    public IReadOnlyList<ServingColumnSchema> Parameters { get; init; } = [];

    public IReadOnlyList<ServingColumnSchema> Outputs { get; init; } = [];

    public object? Example { get; init; }
}

/// <summary>A column, a parameter or a value.</summary>
internal sealed record ServingColumnSchema
{
    public string? Name { get; init; }

    public string Type { get; init; } = string.Empty;

    public string? Format { get; init; }

    public bool? IsRequired { get; init; }

    public object? Items { get; init; }
}

/// <summary>The body of a prediction request: one of the four formats.</summary>
internal sealed record PredictionRequestSchema
{
    [JsonPropertyName("dataframe_split")]
    [Description("A table: columns, and data with a list for each row.")]
    public object? DataframeSplit { get; init; }

    [JsonPropertyName("dataframe_records")]
    [Description("A table: an object for each row.")]
    public IReadOnlyList<object>? DataframeRecords { get; init; }

    [Description("Tensors by row.")]
    public IReadOnlyList<object>? Instances { get; init; }

    [Description("Tensors by column.")]
    public object? Inputs { get; init; }

    [Description("The inference parameters.")]
    public object? Params { get; init; }
}

/// <summary>A prediction.</summary>
internal sealed record PredictionSchema
{
    public string Endpoint { get; init; } = string.Empty;

    [Description("Usually a list with an item for each row.")]
    public object? Predictions { get; init; }
}

/// <summary>The body of a batch request.</summary>
internal sealed record BatchPredictionRequestSchema
{
    [Required]
    public IReadOnlyList<PredictionRequestSchema> Items { get; init; } = [];
}

/// <summary>The results of a batch.</summary>
internal sealed record BatchPredictionSchema
{
    public string Endpoint { get; init; } = string.Empty;

    public int Total { get; init; }

    public int Failed { get; init; }

    public IReadOnlyList<BatchPredictionResultSchema> Results { get; init; } = [];
}

/// <summary>The result of an item: predictions, or an error.</summary>
internal sealed record BatchPredictionResultSchema
{
    public int Index { get; init; }

    public object? Predictions { get; init; }

    public ProblemDetails? Error { get; init; }
}

/// <summary>The contracts of the documents, for OpenAPI.</summary>
[JsonSerializable(typeof(ServingEndpointsSchema))]
[JsonSerializable(typeof(ServingEndpointSchema))]
[JsonSerializable(typeof(PredictionRequestSchema))]
[JsonSerializable(typeof(PredictionSchema))]
[JsonSerializable(typeof(BatchPredictionRequestSchema))]
[JsonSerializable(typeof(BatchPredictionSchema))]
internal sealed partial class ServingSchemasContext : JsonSerializerContext;
