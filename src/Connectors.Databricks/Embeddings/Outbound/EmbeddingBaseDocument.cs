using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// The base document of requests, from <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/>.
/// </summary>
internal static class EmbeddingBaseDocument
{
    /// <summary>Calls the factory, once per call.</summary>
    /// <exception cref="ArgumentException">The document sets a member that the call determines.</exception>
    public static JsonObject? From(EmbeddingGenerationOptions? options, IEmbeddingGenerator generator)
    {
        // By convention, results of other types are ignored: they are for other providers.
        var document = options?.RawRepresentationFactory?.Invoke(generator) as JsonObject;
        return document is null || !document.ContainsKey(EmbeddingRequestToWire.Input) ? document : throw new ArgumentException(
            $"The base document from EmbeddingGenerationOptions.RawRepresentationFactory sets \"{EmbeddingRequestToWire.Input}\", which " +
            "the call itself decides. Remove it there.", nameof(options));
    }
}
