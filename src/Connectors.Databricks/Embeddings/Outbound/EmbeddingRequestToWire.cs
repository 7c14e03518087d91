using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// Writes a request document of the embedding task up to its inputs, which come last: what the rest takes is then known, and a request
/// can be filled to its limit.
/// </summary>
internal static class EmbeddingRequestToWire
{
    public const string Input = "input";

    private const string Dimensions = "dimensions";

    /// <summary>Begins a document and its array of inputs; <see cref="End"/> closes both.</summary>
    public static RequestDocument Begin(EmbeddingRequest request, JsonSerializerOptions serializerOptions)
    {
        var document = new RequestDocument(request.Base, serializerOptions, nameof(EmbeddingGenerationOptions));
        try
        {
            document.Writer.WriteStartObject();
            document.Reserve(Input);
            if (request.Dimensions is { } dimensions && document.Begins(Dimensions))
            {
                document.Writer.WriteNumberValue(dimensions);
            }

            if (request.OwnInstruction is { } instruction && document.Begins(DatabricksPropertyNames.Instruction))
            {
                document.Writer.WriteStringValue(instruction);
            }

            document.WriteRestOfBase();
            foreach (var (name, value) in request.Additional ?? [])
            {
                document.WriteAdditional(name, value);
            }

            document.Writer.WriteStartArray(Input);
            document.Writer.Flush();
            return document;
        }
        catch
        {
            document.Buffer.Dispose();
            document.Dispose();
            throw;
        }
    }

    /// <summary>The bytes that <see cref="End"/> adds.</summary>
    public const int EndLength = 2;

    public static void End(RequestDocument document)
    {
        document.Writer.WriteEndArray();
        document.Writer.WriteEndObject();
        document.Writer.Flush();
    }
}
