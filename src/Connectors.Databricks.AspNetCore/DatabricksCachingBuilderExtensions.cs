using Connectors.Databricks.AspNetCore.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.AI;

/// <summary>
/// Adds caches for the responses of Databricks endpoints: <c>UseDistributedCache</c> of Microsoft.Extensions.AI, restricted to what is safe
/// to store.
/// </summary>
public static class DatabricksCachingBuilderExtensions
{
    // Long enough for repeated questions, short enough for a changed model or policy to take effect.
    private static readonly TimeSpan DefaultExpiration = TimeSpan.FromHours(1);

    /// <summary>
    /// Adds a cache of complete chat responses. Denials, refusals, truncated responses and errors are never stored, and the key has the
    /// workspace, the endpoint and the tools besides messages and options.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="storage">The storage; <see langword="null"/> for the registered <see cref="IDistributedCache"/>.</param>
    /// <param name="expiration">The expiration of entries; <see langword="null"/> for one hour.</param>
    /// <param name="configure">
    /// Configures the client, such as <c>CacheKeyAdditionalValues</c> for responses that depend on the user.
    /// </param>
    /// <returns>The builder.</returns>
    public static ChatClientBuilder UseDatabricksDistributedCache(
        this ChatClientBuilder builder, IDistributedCache? storage = null, DistributedCacheEntryOptions? expiration = null,
        Action<DistributedCachingChatClient>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var client = new CompleteResponseCachingChatClient(inner, Storage(services, storage, expiration));
            configure?.Invoke(client);
            return client;
        });
    }

    /// <summary>Adds a cache of vectors, whose key has the workspace and the endpoint besides the input and the options.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="storage">The storage; <see langword="null"/> for the registered <see cref="IDistributedCache"/>.</param>
    /// <param name="expiration">The expiration of entries; <see langword="null"/> for one hour.</param>
    /// <param name="configure">Configures the generator.</param>
    /// <returns>The builder.</returns>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseDatabricksDistributedCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, IDistributedCache? storage = null,
        DistributedCacheEntryOptions? expiration = null,
        Action<DistributedCachingEmbeddingGenerator<string, Embedding<float>>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var generator = new EndpointCachingEmbeddingGenerator(inner, Storage(services, storage, expiration));
            configure?.Invoke(generator);
            return generator;
        });
    }

    private static ExpiringCache Storage(IServiceProvider services, IDistributedCache? storage, DistributedCacheEntryOptions? expiration) =>
        new(storage ?? services.GetRequiredService<IDistributedCache>(),
            expiration ?? new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = DefaultExpiration });
}
