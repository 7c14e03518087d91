using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Running;

/// <summary>What sends the requests of a batch to one endpoint.</summary>
internal sealed class BatchClients
{
    public required IChatClient Chat { get; init; }

    public required IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; init; }

    public required Func<DatabricksPredictionInput, DatabricksPredictionOptions, CancellationToken, Task<DatabricksPrediction>> Predict
    {
        get;
        init;
    }
}
