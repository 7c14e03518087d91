using System.Text.Json.Nodes;
using Connectors.Databricks.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>The parameters of all requests of one call; writing a request does not modify them.</summary>
internal sealed record EmbeddingRequest(
    ServingRoute Route, int? Dimensions, string? Instruction, AdditionalPropertiesDictionary? Additional, JsonObject? Base)
{
    public string EndpointName => Route.Name;

    /// <summary>Whether the length of the vectors is sent, and not only required of the response.</summary>
    public bool SendsDimensions { get; init; } = true;

    /// <summary>Tags for the usage table of Unity Gateway; null for none.</summary>
    public string? Tags { get; init; }

    /// <summary>Whether the caller requests vectors in base64.</summary>
    public bool RequestsBase64 =>
        IsBase64(Base?["encoding_format"]) || (Additional?.TryGetValue("encoding_format", out var format) is true && IsBase64(format));

    /// <summary>The instruction of the generator, unless the call has its own.</summary>
    public string? OwnInstruction => Additional?.ContainsKey(DatabricksPropertyNames.Instruction) is true ? null : Instruction;

    private static bool IsBase64(object? format) => string.Equals(format?.ToString(), "base64", StringComparison.OrdinalIgnoreCase);
}
