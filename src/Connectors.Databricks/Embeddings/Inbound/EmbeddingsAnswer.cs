using Connectors.Databricks.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>What one request brought: a vector for each of its inputs, in their order.</summary>
internal sealed record EmbeddingsAnswer(
    Embedding<float>[] Vectors, UsageDetails? Usage, string? RequestId, string? ServedModelName, string? TraceResponse)
{
    /// <summary>The route of a mapped name, which is reported; null for a name that was sent as it is.</summary>
    public ServingRoute? Route { get; init; }
}
