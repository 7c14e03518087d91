using Connectors.Databricks.Embeddings;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Gets an embedding generator for an endpoint: a foundation model, an external model, or a custom model with the embedding task.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint; <c>EmbeddingGenerationOptions.ModelId</c> overrides it per call.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults. They are copied.</param>
    /// <returns>
    /// A thread-safe generator. Vectors are returned in the order of the inputs. No request is sent until it is used, and it need not be
    /// disposed.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>, or an option is invalid.
    /// </exception>
    public virtual IEmbeddingGenerator<string, Embedding<float>> GetEmbeddingGenerator(
        string endpointName, DatabricksEmbeddingOptions? options = null)
    {
        EndpointPath.Require(endpointName);
        var limits = (options ?? new DatabricksEmbeddingOptions()).CopyValidated();
        return new DatabricksEmbeddingGenerator(
            endpointName, limits, Connected(_options), Connected(_transport), Connected(_surfaces), Connected(_models), owner: this);
    }
}
