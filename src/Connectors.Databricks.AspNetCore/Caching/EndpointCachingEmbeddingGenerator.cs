using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Caching;

/// <summary>
/// The caching generator of Microsoft.Extensions.AI, whose key has the workspace and the endpoint too: vectors of another model have no
/// meaning. A failed request throws, so that only complete vectors are stored.
/// </summary>
internal sealed class EndpointCachingEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator,
    IDistributedCache storage)
    : DistributedCachingEmbeddingGenerator<string, Embedding<float>>(innerGenerator, storage)
{
    protected override string GetCacheKey(params ReadOnlySpan<object?> values)
    {
        var metadata = this.GetService<EmbeddingGeneratorMetadata>();
        return base.GetCacheKey([.. values, metadata?.ProviderUri?.AbsoluteUri, metadata?.DefaultModelId,
            metadata?.DefaultModelDimensions]);
    }
}
