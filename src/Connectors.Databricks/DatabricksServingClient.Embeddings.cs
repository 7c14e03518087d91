using Connectors.Databricks.Embeddings;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>Opens an embedding endpoint: a foundation model, an external model, or a model of your own with that task.</summary>
    /// <param name="endpointName">The name of the endpoint; <c>EmbeddingGenerationOptions.ModelId</c> overrides it per call.</param>
    /// <param name="options">How inputs are sent; <see langword="null"/> for every default. Copied.</param>
    /// <returns>
    /// A thread-safe generator. Vectors come in the order of the inputs, split over requests or not. No request is made until it is used;
    /// disposing it is not needed.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>, or an option makes no sense.
    /// </exception>
    public virtual IEmbeddingGenerator<string, Embedding<float>> GetEmbeddingGenerator(
        string endpointName, DatabricksEmbeddingOptions? options = null)
    {
        EndpointPath.Require(endpointName);
        var limits = (options ?? new DatabricksEmbeddingOptions()).CopyValidated();
        return new DatabricksEmbeddingGenerator(endpointName, limits, Connected(_options), Connected(_transport), owner: this);
    }
}
