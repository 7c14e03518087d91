using Connectors.Databricks.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>The response to one request: a vector for each input, in order.</summary>
internal sealed record EmbeddingsAnswer(
    Embedding<float>[] Vectors, UsageDetails? Usage, string? RequestId, string? ServedModelName, string? TraceResponse)
{
    /// <summary>The route of a mapped name, which is reported; null for a name that was sent as it is.</summary>
    public ServingRoute? Route { get; init; }
}
