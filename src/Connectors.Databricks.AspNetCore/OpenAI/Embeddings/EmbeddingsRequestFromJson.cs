using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Embeddings;

/// <summary>Reads an embeddings request.</summary>
internal static class EmbeddingsRequestFromJson
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "dimensions", "encoding_format", "input", "model" };

    public static EmbeddingsRequest Read(RequestValue body, string model, RequestLimits limits)
    {
        var options = new EmbeddingGenerationOptions
        {
            AdditionalProperties = RequestMembers.Additional(body, Known, limits.AdditionalProperties),
            Dimensions = (int?)body.Integer("dimensions", 1, 1_000_000),
        };
        var isBase64 = body.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw body.Require("encoding_format").NotSupported(),
        };
        return new EmbeddingsRequest(model, Inputs(body.Require("input"), limits), options, isBase64);
    }

    private static List<string> Inputs(RequestValue input, RequestLimits limits)
    {
        // Lists of token ids depend on a tokenizer that the models of Databricks do not share.
        List<string> inputs = input.IsText ? [Input(input)] : [.. input.Items(limits.MaxInputs).Select(Input)];
        return inputs.Count > 0 ? inputs : throw InvalidRequests.Invalid("Invalid 'input': empty array.", "input", "empty_array");
    }

    private static string Input(RequestValue input) =>
        input.AsText() is { Length: > 0 } text ? text : throw InvalidRequests.Invalid($"Invalid '{input.Path}': empty string.", input.Path);
}
