using System.Buffers;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// Writes a request document of the embedding task up to the inputs, which come last: the size of the rest is then known, and a request can
/// be filled up to its limit.
/// </summary>
internal static class EmbeddingRequestToWire
{
    public const string Input = "input";

    private const string Model = "model";

    private const string Dimensions = "dimensions";

    private const string EncodingFormat = "encoding_format";

    /// <summary>Starts a document and its array of inputs; <see cref="End"/> closes both.</summary>
    public static RequestDocument Begin(EmbeddingRequest request, JsonSerializerOptions serializerOptions)
    {
        var document = new RequestDocument(request.Base, serializerOptions, nameof(EmbeddingGenerationOptions));
        try
        {
            document.Writer.WriteStartObject();
            WriteModel(document, request);
            document.Reserve(Input);
            if (request is { SendsDimensions: true, Dimensions: { } dimensions } && document.Begins(Dimensions))
            {
                document.Writer.WriteNumberValue(dimensions);
            }

            if (request.OwnInstruction is { } instruction && document.Begins(DatabricksPropertyNames.Instruction))
            {
                document.Writer.WriteStringValue(instruction);
            }

            document.WriteRestOfBase();
            document.Reserve(DatabricksPropertyNames.RequestTags);
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

    // On Unity Gateway the model is in the body. Base64 is not requested there: a report has zeros in the response to such a request.
    private static void WriteModel(RequestDocument document, EmbeddingRequest request)
    {
        if (request.Route.BodyModel is not { } model)
        {
            return;
        }

        if (!document.Begins(Model))
        {
            throw new ArgumentException(
                $"The base document from EmbeddingGenerationOptions.RawRepresentationFactory sets \"{Model}\", " +
                "which the name of the endpoint " +
                "decides. Use EmbeddingGenerationOptions.ModelId to call another one.");
        }

        document.Writer.WriteStringValue(model);
        if (request.RequestsBase64)
        {
            document.Reserve(EncodingFormat);
        }
    }

    /// <summary>Writes a body again for another route: the same inputs behind other members.</summary>
    /// <param name="body">The body, whose inputs have been consumed.</param>
    /// <param name="headLength">Its bytes up to its first input.</param>
    /// <param name="request">The request for the other route.</param>
    /// <param name="serializerOptions">Writes values of the caller's own types.</param>
    public static RequestBody Rewrite(RequestBody body, int headLength, EmbeddingRequest request, JsonSerializerOptions serializerOptions)
    {
        using var document = Begin(request, serializerOptions);
        document.Buffer.Write(body.ToArray().AsSpan(headLength));
        return new RequestBody(document.Buffer);
    }

    /// <summary>The number of bytes that <see cref="End"/> adds.</summary>
    public const int EndLength = 2;

    public static void End(RequestDocument document)
    {
        document.Writer.WriteEndArray();
        document.Writer.WriteEndObject();
        document.Writer.Flush();
    }
}
