using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Running;

/// <summary>A call of the embedding generator.</summary>
internal sealed class EmbeddingsBatchRequest(string id, IEnumerable<string> values, EmbeddingGenerationOptions? options)
    : DatabricksBatchRequest<GeneratedEmbeddings<Embedding<float>>>(id)
{
    internal override Task<GeneratedEmbeddings<Embedding<float>>> SendAsync(BatchClients clients, CancellationToken cancellationToken) =>
        clients.Embeddings.GenerateAsync(values, options, cancellationToken);
}
