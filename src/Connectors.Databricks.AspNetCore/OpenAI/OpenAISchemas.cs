using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.AspNetCore.OpenAI;

// The documents of the routes, in the order of the routes, as OpenAPI describes them.

/// <summary>The body of a request for a chat completion.</summary>
internal sealed record OpenAIChatCompletionRequestSchema
{
    [Required]
    [Description("The endpoint or model service.")]
    public string Model { get; init; } = string.Empty;

    [Required]
    public IReadOnlyList<object> Messages { get; init; } = [];

    public bool? Stream { get; init; }
}

/// <summary>A chat completion.</summary>
internal sealed record OpenAIChatCompletionSchema
{
    public string Id { get; init; } = string.Empty;

    public string Object { get; init; } = string.Empty;

    public long Created { get; init; }

    public string Model { get; init; } = string.Empty;

    public IReadOnlyList<object> Choices { get; init; } = [];

    [Description("Left out if the endpoint reports none.")]
    public object Usage { get; init; } = string.Empty;
}

/// <summary>The body of a request of the Responses API.</summary>
internal sealed record OpenAIResponsesRequestSchema
{
    [Required]
    [Description("The endpoint or model service.")]
    public string Model { get; init; } = string.Empty;

    [Required]
    [Description("A text, or a list of items.")]
    public object Input { get; init; } = string.Empty;

    public bool? Stream { get; init; }
}

/// <summary>A response of the Responses API.</summary>
internal sealed record OpenAIResponseSchema
{
    public string Id { get; init; } = string.Empty;

    public string Object { get; init; } = string.Empty;

    public long CreatedAt { get; init; }

    public string Status { get; init; } = string.Empty;

    public string Model { get; init; } = string.Empty;

    public IReadOnlyList<object> Output { get; init; } = [];

    public object? Usage { get; init; }
}

/// <summary>The body of a request for embeddings.</summary>
internal sealed record OpenAIEmbeddingsRequestSchema
{
    [Required]
    [Description("The endpoint or model service.")]
    public string Model { get; init; } = string.Empty;

    [Required]
    [Description("A text, or a list of texts.")]
    public object Input { get; init; } = string.Empty;

    public int? Dimensions { get; init; }

    [Description("float or base64.")]
    public string? EncodingFormat { get; init; }
}

/// <summary>A list of vectors.</summary>
internal sealed record OpenAIEmbeddingsSchema
{
    public string Object { get; init; } = string.Empty;

    public IReadOnlyList<object> Data { get; init; } = [];

    public string Model { get; init; } = string.Empty;

    public object Usage { get; init; } = string.Empty;
}

/// <summary>A list of models.</summary>
internal sealed record OpenAIModelsSchema
{
    public string Object { get; init; } = string.Empty;

    public IReadOnlyList<OpenAIModelSchema> Data { get; init; } = [];
}

/// <summary>A model.</summary>
internal sealed record OpenAIModelSchema
{
    public string Id { get; init; } = string.Empty;

    public string Object { get; init; } = string.Empty;

    public long Created { get; init; }

    public string OwnedBy { get; init; } = string.Empty;
}

/// <summary>An error.</summary>
internal sealed record OpenAIErrorSchema
{
    public OpenAIErrorDetailSchema Error { get; init; } = new();
}

/// <summary>The members of an error.</summary>
internal sealed record OpenAIErrorDetailSchema
{
    public string Message { get; init; } = string.Empty;

    public string Type { get; init; } = string.Empty;

    public string? Param { get; init; }

    public string? Code { get; init; }
}

/// <summary>The contracts of the documents, for OpenAPI.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAIChatCompletionRequestSchema))]
[JsonSerializable(typeof(OpenAIChatCompletionSchema))]
[JsonSerializable(typeof(OpenAIResponsesRequestSchema))]
[JsonSerializable(typeof(OpenAIResponseSchema))]
[JsonSerializable(typeof(OpenAIEmbeddingsRequestSchema))]
[JsonSerializable(typeof(OpenAIEmbeddingsSchema))]
[JsonSerializable(typeof(OpenAIModelsSchema))]
[JsonSerializable(typeof(OpenAIErrorSchema))]
internal sealed partial class OpenAISchemasContext : JsonSerializerContext;
