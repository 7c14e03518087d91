using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// The document that a caller starts requests from, through <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/>.
/// </summary>
internal static class EmbeddingBaseDocument
{
    /// <summary>Asks the factory, once per call.</summary>
    /// <exception cref="ArgumentException">The document sets what the call itself decides.</exception>
    public static JsonObject? From(EmbeddingGenerationOptions? options, IEmbeddingGenerator generator)
    {
        // A result of another type is for another provider: the convention is to ignore it.
        var document = options?.RawRepresentationFactory?.Invoke(generator) as JsonObject;
        return document is null || !document.ContainsKey(EmbeddingRequestToWire.Input) ? document : throw new ArgumentException(
            $"The base document from EmbeddingGenerationOptions.RawRepresentationFactory sets \"{EmbeddingRequestToWire.Input}\", which " +
            "the call itself decides. Remove it there.", nameof(options));
    }
}
